/**
 * ARX arms (X5, L5, R5) at the level of CAN frames: the protocols of their Damiao and ENCOS motors, and the driver.
 *
 * <p>{@link dev.continuo.hardware.arx.ArxArm} is the driver; the codecs serve both ends, so that simulated motors speak exactly
 * what the driver expects. Frame data is a {@code long}, D0 most significant.
 */
package dev.continuo.hardware.arx;
