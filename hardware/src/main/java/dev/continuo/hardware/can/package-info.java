/**
 * Classic CAN 2.0A buses: the contract of a bus, and the transports that carry its frames.
 *
 * <p>{@link dev.continuo.hardware.can.MemoryCanBus} joins two ends in one thread under virtual time,
 * {@link dev.continuo.hardware.can.LocalSocketCanBus} speaks 16-byte Linux {@code can_frame} records over a Unix-domain socket to
 * {@link dev.continuo.hardware.can.LocalSocketCanServer}, {@code SlcanBus} drives a serial-line adapter, and
 * {@link dev.continuo.hardware.can.SocketCanBus} an interface of the kernel.
 */
package dev.continuo.hardware.can;
