package dev.continuo.recording.lerobot;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.continuo.perception.Frame;
import dev.continuo.perception.video.VideoFileWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The names, paths and types of LeRobot's dataset format 3.0, as they are written. */
final class DatasetFormat {
    static final String VERSION = "v3.0";
    static final String INFO = "meta/info.json";
    static final String STATS = "meta/stats.json";
    static final String TASKS = "meta/tasks.parquet";
    static final String EPISODES = "meta/episodes/chunk-{chunk_index:03d}/file-{file_index:03d}.parquet";
    static final String DATA = "data/chunk-{chunk_index:03d}/file-{file_index:03d}.parquet";
    static final String VIDEOS = "videos/{video_key}/chunk-{chunk_index:03d}/file-{file_index:03d}.mp4";
    static final int DATA_MEGABYTES = 100;
    static final int VIDEO_MEGABYTES = 200;
    static final ObjectMapper JSON = new ObjectMapper();
    static final ObjectWriter PRETTY = JSON.writerWithDefaultPrettyPrinter();

    private DatasetFormat() {
    }

    /** The columns of the frames' numbers with their DuckDB types. What has one dimension is no list. */
    static Map<String, String> dataColumns(final LeRobotFeatures features) {
        final Map<String, String> columns = new LinkedHashMap<>();
        features.numbers().forEach((name, dimensions) -> columns.put(name, dimensions.size() == 1 ? "FLOAT" : "FLOAT[]"));
        LeRobotFeatures.DEFAULTS.forEach(name -> columns.put(name, defaultType(name, "FLOAT", "BIGINT")));
        return columns;
    }

    private static String defaultType(final String name, final String time, final String count) {
        return "timestamp".equals(name) ? time : count;
    }

    /** The columns of the episodes with their DuckDB types. */
    static Map<String, String> episodeColumns(final LeRobotFeatures features) {
        final Map<String, String> columns = new LinkedHashMap<>();
        columns.put("episode_index", "BIGINT");
        columns.put("tasks", "VARCHAR[]");
        for (final String name : List.of("length", "data/chunk_index", "data/file_index", "dataset_from_index", "dataset_to_index")) {
            columns.put(name, "BIGINT");
        }
        for (final LeRobotCamera camera : features.cameras()) {
            final String prefix = "videos/" + camera.key() + "/";
            columns.put(prefix + "chunk_index", "BIGINT");
            columns.put(prefix + "file_index", "BIGINT");
            columns.put(prefix + "from_timestamp", "DOUBLE");
            columns.put(prefix + "to_timestamp", "DOUBLE");
        }
        features.numbers().keySet().forEach(name -> statColumns(columns, name, "DOUBLE[]"));
        features.cameras().forEach(camera -> statColumns(columns, camera.key(), "DOUBLE[][][]"));
        LeRobotFeatures.DEFAULTS.forEach(name -> statColumns(columns, name, "DOUBLE[]"));
        columns.put("meta/episodes/chunk_index", "BIGINT");
        columns.put("meta/episodes/file_index", "BIGINT");
        return columns;
    }

    private static void statColumns(final Map<String, String> columns, final String feature, final String type) {
        final String prefix = "stats/" + feature + "/";
        for (final String name : List.of("min", "max", "mean", "std", "count", "q01", "q10", "q50", "q90", "q99")) {
            columns.put(prefix + name, "count".equals(name) ? "BIGINT[]" : type);
        }
    }

    /** What Hugging Face's library wants to find in a file of frames: above all that the lists have a fixed length. */
    static String huggingFace(final LeRobotFeatures features) {
        final ObjectNode root = JSON.createObjectNode();
        final ObjectNode types = root.putObject("info").putObject("features");
        features.numbers().forEach((name, dimensions) -> {
            if (dimensions.size() == 1) {
                value(types.putObject(name), "float32");
            } else {
                final ObjectNode list = types.putObject(name);
                value(list.putObject("feature"), "float32");
                list.put("length", dimensions.size()).put("_type", "List");
            }
        });
        LeRobotFeatures.DEFAULTS.forEach(name -> value(types.putObject(name), defaultType(name, "float32", "int64")));
        return root.toString();
    }

    private static void value(final ObjectNode node, final String type) {
        node.put("dtype", type).put("_type", "Value");
    }

    /** What pandas wants to find in the file of the tasks: that their texts are the rows' names. */
    static String pandas() {
        final ObjectNode root = JSON.createObjectNode();
        root.putArray("index_columns").add("task");
        final ObjectNode index = root.putArray("column_indexes").addObject();
        index.putNull("name").putNull("field_name").put("pandas_type", "unicode").put("numpy_type", "object");
        index.putObject("metadata").put("encoding", "UTF-8");
        final ArrayNode columns = root.putArray("columns");
        columns.addObject().put("name", "task_index").put("field_name", "task_index").put("pandas_type", "int64").put("numpy_type", "int64").putNull("metadata");
        columns.addObject().put("name", "task").put("field_name", "task").put("pandas_type", "unicode").put("numpy_type", "object").putNull("metadata");
        root.putObject("attributes");
        root.putObject("creator").put("library", "continuo").put("version", "0");
        root.put("pandas_version", "2.0.0");
        return root.toString();
    }

    /** {@code info.json}. */
    static ObjectNode info(final LeRobotFeatures features, final int fps, final String robotType, final int episodes, final long frames, final int tasks) {
        final ObjectNode info = JSON.createObjectNode();
        info.put("codebase_version", VERSION).put("fps", fps);
        final ObjectNode all = info.putObject("features");
        features.numbers().forEach((name, dimensions) -> dimensions.forEach(feature(all.putObject(name), "float32", dimensions.size()).putArray("names")::add));
        features.cameras().forEach(camera -> camera(all.putObject(camera.key()), camera, fps));
        LeRobotFeatures.DEFAULTS.forEach(name -> feature(all.putObject(name), defaultType(name, "float32", "int64"), 1).putNull("names"));
        info.put("total_episodes", episodes).put("total_frames", frames).put("total_tasks", tasks);
        info.put("chunks_size", FileNumber.CHUNK_FILES).put("data_files_size_in_mb", DATA_MEGABYTES).put("video_files_size_in_mb", VIDEO_MEGABYTES);
        info.put("data_path", DATA).put("video_path", features.cameras().isEmpty() ? null : VIDEOS);
        info.put("robot_type", robotType).putObject("splits").put("train", "0:" + episodes);
        return info;
    }

    private static ObjectNode feature(final ObjectNode node, final String type, final int... shape) {
        node.put("dtype", type);
        final ArrayNode sizes = node.putArray("shape");
        for (final int size : shape) {
            sizes.add(size);
        }
        return node;
    }

    private static void camera(final ObjectNode node, final LeRobotCamera camera, final int fps) {
        feature(node, "video", camera.height(), camera.width(), Frame.CHANNELS).putArray("names").add("height").add("width").add("channels");
        final ObjectNode video = node.putObject("info");
        video.put("video.height", camera.height()).put("video.width", camera.width()).put("video.codec", "av1").put("video.pix_fmt", "yuv420p");
        video.put("video.fps", fps).put("video.channels", Frame.CHANNELS).put("has_audio", false);
        video.put("video.g", VideoFileWriter.KEY_EVERY).put("video.crf", VideoFileWriter.QUALITY).put("video.preset", VideoFileWriter.PRESET);
        video.put("video.fast_decode", 0).put("video.video_backend", "pyav").putObject("video.extra_options");
        video.put("is_depth_map", false);
    }

    /** {@code stats.json}: what is about a picture has the shape of one. */
    static ObjectNode stats(final Map<String, FeatureStats> stats) {
        final ObjectNode root = JSON.createObjectNode();
        stats.forEach((name, about) -> {
            final ObjectNode node = root.putObject(name);
            about.byName().forEach((what, values) -> {
                final ArrayNode list = node.putArray(what);
                for (final double value : values) {
                    (name.startsWith(LeRobotCamera.PREFIX) ? list.addArray().addArray() : list).add(value);
                }
            });
            node.putArray("count").add(about.count());
        });
        return root;
    }
}
