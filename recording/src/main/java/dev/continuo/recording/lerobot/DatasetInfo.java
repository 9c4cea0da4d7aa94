package dev.continuo.recording.lerobot;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.continuo.perception.Frame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What {@code info.json} of somebody's dataset says.
 *
 * @param numbers    the vectors of floats, by their features' names the names of their dimensions
 * @param cameras    by their features' names, which need not have the usual prefix
 * @param embedded   the cameras' features whose pictures are in the files of numbers
 * @param passedOver features of kinds that are not read
 * @param videoPath  empty if there are no videos
 */
record DatasetInfo(int fps, String robotType, Map<String, List<String>> numbers, Map<String, LeRobotCamera> cameras, List<String> embedded, List<String> passedOver, String dataPath, String videoPath) {
    private static final int PICTURE_AXES = 3;

    static DatasetInfo read(final Path folder) throws IOException {
        final Path file = folder.resolve(DatasetFormat.INFO);
        if (!Files.isReadable(file)) {
            throw new NoSuchFileException(file.toString(), null, "not a LeRobot dataset");
        }
        final JsonNode root;
        try {
            root = DatasetFormat.JSON.readTree(file.toFile());
        } catch (final JacksonException e) {
            throw new IOException(file + " is no JSON: " + e.getOriginalMessage(), e);
        }
        requireVersion(file, root.path("codebase_version").asText());
        final int fps = root.path("fps").asInt();
        if (fps <= 0) {
            throw new IOException(file + ": fps is " + root.path("fps"));
        }
        final Map<String, List<String>> numbers = new LinkedHashMap<>();
        final Map<String, LeRobotCamera> cameras = new LinkedHashMap<>();
        final List<String> embedded = new ArrayList<>();
        final List<String> passedOver = new ArrayList<>();
        root.path("features").properties().forEach(feature -> {
            final String name = feature.getKey();
            final JsonNode about = feature.getValue();
            final String type = about.path("dtype").asText();
            final int axes = about.path("shape").size();
            if (("video".equals(type) || "image".equals(type)) && isColoured(about)) {
                cameras.put(name, camera(name, about));
                if ("image".equals(type)) {
                    embedded.add(name);
                }
            } else if (type.startsWith("float") && axes == 1 && !LeRobotFeatures.DEFAULTS.contains(name)) {
                numbers.put(name, dimensions(about));
            } else if (!LeRobotFeatures.DEFAULTS.contains(name)) {
                passedOver.add(name);
            }
        });
        if (numbers.isEmpty() && cameras.isEmpty()) {
            throw new IOException(file + ": no features that can be read");
        }
        return new DatasetInfo(fps, root.path("robot_type").asText(""), numbers, cameras, embedded, passedOver,
            root.path("data_path").asText(DatasetFormat.DATA), root.path("video_path").asText(DatasetFormat.VIDEOS));
    }

    private static void requireVersion(final Path file, final String version) throws IOException {
        if (version.startsWith("v3.")) {
            return;
        }
        if (version.startsWith("v2.") || version.startsWith("v1.")) {
            throw new IOException(file + ": codebase_version " + version + " is older than v3.0: convert the dataset with lerobot's convert_dataset_v21_to_v30");
        }
        throw new IOException(file + ": codebase_version " + (version.isEmpty() ? "is missing" : version + " is not known") + "; v3.0 is read");
    }

    /** Not a picture of depths. */
    private static boolean isColoured(final JsonNode about) {
        final JsonNode info = about.path("info");
        final boolean isDepth = info.path("is_depth_map").asBoolean() || info.path("video.is_depth_map").asBoolean();
        return !isDepth && about.path("shape").size() == PICTURE_AXES && about.path("shape").get(isChannelFirst(about) ? 0 : 2).asInt() == Frame.CHANNELS;
    }

    private static boolean isChannelFirst(final JsonNode about) {
        return about.path("names").path(0).asText().startsWith("channel") || about.path("shape").get(2).asInt() != Frame.CHANNELS;
    }

    private static LeRobotCamera camera(final String name, final JsonNode about) {
        final int height = isChannelFirst(about) ? 1 : 0;
        final String shortName = name.startsWith(LeRobotCamera.PREFIX) ? name.substring(LeRobotCamera.PREFIX.length()) : name;
        return new LeRobotCamera(shortName, about.path("shape").get(height + 1).asInt(), about.path("shape").get(height).asInt());
    }

    /** The dimensions' names, or their numbers if they have none. They may lie in an object that says what kind they are. */
    private static List<String> dimensions(final JsonNode about) {
        final int size = about.path("shape").get(0).asInt();
        final JsonNode names = about.path("names").isObject() && !about.path("names").isEmpty() ? about.path("names").elements().next() : about.path("names");
        return IntStream.range(0, size).mapToObj(i -> names.size() == size && names.isArray() ? names.get(i).asText() : Integer.toString(i)).toList();
    }

    /** What the frames that are read hold. */
    LeRobotFeatures features() {
        final Map<String, List<String>> vectors = new LinkedHashMap<>(numbers);
        final List<String> state = vectors.remove(LeRobotFeatures.STATE);
        final List<String> action = vectors.remove(LeRobotFeatures.ACTION);
        return new LeRobotFeatures(state == null ? List.of() : state, action == null ? List.of() : action, vectors, List.copyOf(cameras.values()));
    }
}
