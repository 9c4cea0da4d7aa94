package dev.continuo.perception.video;

import dev.continuo.config.CameraProfile;
import dev.continuo.perception.Frame;
import java.nio.file.Path;

/** The videos in the test resources, and what their pictures should look like. */
final class VideoFiles {
    /** The colours of the six pictures, as they were drawn. */
    static final int[] COLOURS = {0xff0000, 0x00ff00, 0x0000ff, 0xffffff, 0x808080, 0x000000};
    static final int WIDTH = 64;
    static final int HEIGHT = 48;
    static final long MILLISECOND = 1_000_000L;
    private static final int TOLERANCE = 4;

    private VideoFiles() {
    }

    static Path path(final String name) {
        return Path.of("src/test/resources/video").resolve(name).toAbsolutePath();
    }

    static CameraProfile profile(final Path file) {
        return new CameraProfile("replay", file.toUri(), WIDTH, HEIGHT, 30, 1);
    }

    /** The index of the colour that every pixel of the frame has; -1 if it is none of the six or not one alone. */
    static int colour(final Frame frame) {
        for (int i = 0; i < COLOURS.length; i++) {
            if (isAll(frame, COLOURS[i])) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isAll(final Frame frame, final int colour) {
        for (int i = 0; i < frame.rgb().length; i++) {
            final int wanted = colour >> 16 - 8 * (i % Frame.CHANNELS) & 255;
            if (Math.abs((frame.rgb()[i] & 255) - wanted) > TOLERANCE) {
                return false;
            }
        }
        return true;
    }
}
