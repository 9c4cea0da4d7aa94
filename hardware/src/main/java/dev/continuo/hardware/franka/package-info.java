/**
 * The Franka Control Interface (FCI), version 5 of the Panda and version 10 of the FR3: the bytes that robot and computer exchange.
 *
 * <p>Commands go over TCP ({@link dev.continuo.hardware.franka.FciRequest}, {@link dev.continuo.hardware.franka.FciStatus}); while a motion runs, the
 * robot sends its state a thousand times a second over UDP ({@link dev.continuo.hardware.franka.RobotState}) and each is answered with a set-point
 * ({@link dev.continuo.hardware.franka.RobotCommand}). The codecs serve both ends, robot and client. All numbers are little-endian and nothing is
 * aligned.
 */
package dev.continuo.hardware.franka;
