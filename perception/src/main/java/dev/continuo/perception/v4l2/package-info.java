/**
 * Cameras of this computer, by Video4Linux through the foreign-function interface (arx.md section 14): UVC webcams, the colour stream of a RealSense, the side-by-side
 * picture of a ZED. {@link dev.continuo.perception.v4l2.V4l2Camera} is the camera, {@link dev.continuo.perception.v4l2.VideoDevices} finds what there is.
 */
package dev.continuo.perception.v4l2;
