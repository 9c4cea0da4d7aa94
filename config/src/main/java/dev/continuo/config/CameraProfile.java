package dev.continuo.config;

import java.net.URI;

/**
 * One camera.
 *
 * @param name             the camera's name, for example {@code top}
 * @param source           where pictures come from: {@code http://} for MJPEG, {@code v4l2:} for a camera of this computer, {@code file:} for a
 *                         replayed folder or video
 * @param width            pixels, after decoding
 * @param height           pixels, after decoding
 * @param rateHz           pictures per second that are published at most
 * @param maxAgeNanos      the age past which a picture is not used any more
 */
public record CameraProfile(String name, URI source, int width, int height, int rateHz, long maxAgeNanos) {
}
