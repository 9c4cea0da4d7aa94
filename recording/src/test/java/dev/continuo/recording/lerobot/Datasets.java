package dev.continuo.recording.lerobot;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Small datasets with the features of those that LeRobot wrote. */
final class Datasets {
    static final int FPS = 10;
    static final LeRobotCamera FRONT = new LeRobotCamera("front", 96, 64);
    static final LeRobotCamera WRIST = new LeRobotCamera("wrist", 64, 64);
    static final LeRobotFeatures FEATURES = features();
    static final List<LeRobotEpisode> EPISODES =
        List.of(new LeRobotEpisode(0, List.of("put the cube into the box"), 5), new LeRobotEpisode(1, List.of("open the robot's drawer"), 4));

    private Datasets() {
    }

    private static LeRobotFeatures features() {
        final Map<String, List<String>> vectors = new LinkedHashMap<>();
        vectors.put("observation.effort", List.of("e1", "e2"));
        vectors.put("observation.weight", List.of("weight"));
        return new LeRobotFeatures(List.of("j1", "j2", "j3", "gripper"), List.of("x", "y", "z"), vectors, List.of(FRONT, WRIST));
    }

    /** The test folders of this package. */
    static Path fixture(final String name) {
        return Path.of("src/test/resources/lerobot").resolve(name);
    }

    static void write(final Path folder) throws IOException {
        try (LeRobotWriter writer = new LeRobotWriter(folder, FPS, "two_link", FEATURES)) {
            for (final LeRobotEpisode episode : EPISODES) {
                add(writer, episode.index(), episode.length());
                writer.endEpisode(episode.task());
            }
            writer.finish();
        }
    }

    static void add(final LeRobotWriter writer, final int episode, final int frames) throws IOException {
        for (int i = 0; i < frames; i++) {
            final LeRobotFrame frame = frame(episode, i);
            writer.addFrame(frame.state(), frame.action(), frame.vectors(), frame.pictures());
        }
    }

    /** The same at each call. */
    static LeRobotFrame frame(final int episode, final int index) {
        final Random random = new Random(1000L * episode + index);
        final Map<String, float[]> vectors = new LinkedHashMap<>();
        vectors.put("observation.effort", vector(random, 2));
        vectors.put("observation.weight", vector(random, 1));
        final Map<String, byte[]> pictures = new LinkedHashMap<>();
        pictures.put(FRONT.name(), picture(FRONT, episode, index));
        pictures.put(WRIST.name(), picture(WRIST, episode, index));
        return new LeRobotFrame(index, (double) index / FPS, vector(random, 4), vector(random, 3), vectors, pictures);
    }

    private static float[] vector(final Random random, final int size) {
        final float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian() + i + 1;
        }
        return values;
    }

    /** A gradient with a grey square that wanders, and more blue in later episodes. */
    private static byte[] picture(final LeRobotCamera camera, final int episode, final int index) {
        final byte[] rgb = new byte[3 * camera.width() * camera.height()];
        for (int y = 0; y < camera.height(); y++) {
            for (int x = 0; x < camera.width(); x++) {
                final boolean inside = x >= 6 + 8 * index && x < 22 + 8 * index && y >= 20 && y < 36;
                final int at = 3 * (y * camera.width() + x);
                rgb[at] = (byte) (inside ? 200 : 255 * x / camera.width());
                rgb[at + 1] = (byte) (inside ? 200 : 255 * y / camera.height());
                rgb[at + 2] = (byte) (inside ? 200 : 60 + 40 * episode);
            }
        }
        return rgb;
    }

    /** How like two pictures are, decibels. */
    static double psnr(final byte[] one, final byte[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            final int difference = (one[i] & 255) - (other[i] & 255);
            sum += difference * difference;
        }
        return 10 * Math.log10(255 * 255 / (sum / one.length));
    }
}
