package dev.continuo.recording.lerobot;

/**
 * A camera of a dataset; its pictures are the feature {@code observation.images.NAME}.
 *
 * @param name   without the prefix
 * @param width  of every picture, pixels
 * @param height of every picture, pixels
 */
public record LeRobotCamera(String name, int width, int height) {
    /** What the keys of all cameras begin with. */
    static final String PREFIX = "observation.images.";

    /** @throws IllegalArgumentException if the name is empty or has a slash, or the size is not positive */
    public LeRobotCamera {
        if (name.isEmpty() || name.contains("/")) {
            throw new IllegalArgumentException("a camera cannot be called '" + name + "'");
        }
        if (width <= 0 || height <= 0) {
            throw new IllegalArgumentException("camera " + name + ": no pictures of " + width + "x" + height);
        }
    }

    /** The feature's name. */
    public String key() {
        return PREFIX + name;
    }
}
