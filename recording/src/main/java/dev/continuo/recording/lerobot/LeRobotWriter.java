package dev.continuo.recording.lerobot;

import dev.continuo.perception.Frame;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Stream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * Writes a LeRobot dataset of format 3.0, frame by frame. The dataset appears in its folder, whole, with {@link #finish()}; until then it grows in a hidden folder beside it, and a writer that is closed
 * before leaves nothing.
 *
 * <p>Pictures go to the encoder at once; of an episode its numbers are in memory until it ends, of the dataset nothing but its tasks. One thread at a time.
 */
public final class LeRobotWriter implements Closeable {
    private static final long LIMIT_BYTES = (long) DatasetFormat.DATA_MEGABYTES << 20;
    private static final String STAGING = ".staging";

    private final Path folder;
    private final Path partial;
    private final int fps;
    private final String robotType;
    private final LeRobotFeatures features;
    private final Map<String, List<String>> numbers;
    private final List<CameraTrack> tracks = new ArrayList<>();
    private final DuckDBConnection database;
    private final ParquetFiles data;
    private final ParquetFiles episodes;
    private final Map<String, Integer> tasks = new LinkedHashMap<>();
    private final Map<String, List<float[]>> episode = new LinkedHashMap<>();
    private final Map<String, FeatureStats> stats = new LinkedHashMap<>();
    private int length;
    private int episodeCount;
    private long frameCount;
    private boolean broken;
    private boolean closed;

    /**
     * Begins a dataset.
     *
     * @param folder    where it will be; its parent must exist
     * @param fps       frames a second
     * @param robotType what LeRobot calls the kind of robot
     * @throws IllegalArgumentException if the rate is not positive, or a camera's pictures have odd sizes, which the encoding does not know
     * @throws FileAlreadyExistsException if there is the folder already
     * @throws IOException if it cannot be written
     */
    public LeRobotWriter(final Path folder, final int fps, final String robotType, final LeRobotFeatures features) throws IOException {
        if (fps <= 0) {
            throw new IllegalArgumentException("no dataset of " + fps + " frames a second");
        }
        for (final LeRobotCamera camera : features.cameras()) {
            if ((camera.width() | camera.height()) % 2 != 0) {
                throw new IllegalArgumentException("camera " + camera.name() + ": pictures of " + camera.width() + "x" + camera.height() + " cannot be encoded, both must be even");
            }
        }
        this.folder = folder.toAbsolutePath();
        this.fps = fps;
        this.robotType = robotType;
        this.features = features;
        numbers = features.numbers();
        requireFree();
        partial = Files.createTempDirectory(this.folder.getParent(), "." + this.folder.getFileName() + "-");
        final Path staging = Files.createDirectory(partial.resolve(STAGING));
        DuckDBConnection opened = null;
        try {
            opened = ParquetFiles.database(staging.resolve("rows.duckdb"));
            data = new ParquetFiles(opened, "frames", DatasetFormat.dataColumns(features), partial, DatasetFormat.DATA, Map.of("huggingface", DatasetFormat.huggingFace(features)), LIMIT_BYTES);
            episodes = new ParquetFiles(opened, "episodes", DatasetFormat.episodeColumns(features), partial, DatasetFormat.EPISODES, Map.of(), LIMIT_BYTES);
        } catch (final IOException e) {
            close(opened);
            delete(partial);
            throw e;
        }
        database = opened;
        features.cameras().forEach(camera -> tracks.add(new CameraTrack(camera, fps, partial, staging)));
        forget();
    }

    private void requireFree() throws FileAlreadyExistsException {
        if (Files.exists(folder)) {
            throw new FileAlreadyExistsException(folder.toString());
        }
    }

    /** {@link #addFrame(float[], float[], Map, Map)} for a dataset without further vectors. */
    public void addFrame(final float[] state, final float[] action, final Map<String, byte[]> pictures) throws IOException {
        addFrame(state, action, Map.of(), pictures);
    }

    /**
     * Adds a frame to the current episode, or begins one with it; it is 1/fps seconds after the frame before. The arrays may be used again at once.
     *
     * @param state    {@code observation.state}; ignored if the dataset has none
     * @param action   {@code action}; ignored if the dataset has none
     * @param vectors  every further vector by its feature's name
     * @param pictures every camera's picture by the camera's name: red, green, blue of each pixel, row by row from the top left
     * @throws IllegalArgumentException if something is missing, unknown, not finite or of another size; the frame is not added
     * @throws IllegalStateException if the writer is closed, or something failed before
     * @throws IOException if a picture cannot be encoded; the dataset cannot be finished any more
     */
    public void addFrame(final float[] state, final float[] action, final Map<String, float[]> vectors, final Map<String, byte[]> pictures) throws IOException {
        requireUsable();
        final Map<String, float[]> frame = new LinkedHashMap<>();
        for (final Map.Entry<String, List<String>> feature : numbers.entrySet()) {
            final float[] values = switch (feature.getKey()) {
                case LeRobotFeatures.STATE -> state;
                case LeRobotFeatures.ACTION -> action;
                default -> vectors.get(feature.getKey());
            };
            requireSize(feature.getKey(), values == null ? -1 : values.length, feature.getValue().size(), "numbers");
            requireFinite(feature, values);
            frame.put(feature.getKey(), values);
        }
        requireKnown(vectors.size(), features.vectors().size(), "vectors " + vectors.keySet());
        for (final LeRobotCamera camera : features.cameras()) {
            final byte[] picture = pictures.get(camera.name());
            requireSize(camera.key(), picture == null ? -1 : picture.length, Frame.CHANNELS * camera.width() * camera.height(), "bytes");
        }
        requireKnown(pictures.size(), features.cameras().size(), "pictures of " + pictures.keySet());
        broken = true;
        for (final CameraTrack track : tracks) {
            track.add(pictures.get(track.camera().name()));
        }
        frame.forEach((name, values) -> episode.get(name).add(values.clone()));
        length++;
        broken = false;
    }

    private static void requireSize(final String feature, final int size, final int wanted, final String unit) {
        if (size != wanted) {
            throw new IllegalArgumentException(feature + " has " + (size < 0 ? "nothing" : size) + " instead of " + wanted + " " + unit);
        }
    }

    /** One number that is none would spoil the statistics of the whole dataset, and with them every training. */
    private static void requireFinite(final Map.Entry<String, List<String>> feature, final float[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new IllegalArgumentException(feature.getKey() + " has " + values[i] + " for " + feature.getValue().get(i));
            }
        }
    }

    private static void requireKnown(final int given, final int known, final String what) {
        if (given != known) {
            throw new IllegalArgumentException("the dataset has no features for some of the " + what);
        }
    }

    private void requireUsable() {
        if (closed || broken) {
            throw new IllegalStateException(folder + (closed ? " is closed" : " cannot be written any more: something failed before"));
        }
    }

    /** How many frames the current episode has. */
    public int frames() {
        return length;
    }

    /** How many episodes were ended. */
    public int episodes() {
        return episodeCount;
    }

    /**
     * Ends the current episode; the next frame begins another one.
     *
     * @param task what was to be done, in words
     * @throws IllegalStateException if it has no frames, the writer is closed, or something failed before
     * @throws IOException if it cannot be written; the dataset cannot be finished any more
     */
    public void endEpisode(final String task) throws IOException {
        requireUsable();
        if (length == 0) {
            throw new IllegalStateException("an episode without frames");
        }
        broken = true;
        final int taskIndex = tasks.computeIfAbsent(task, text -> tasks.size());
        final Map<String, FeatureStats> about = episodeStats(taskIndex);
        final List<CameraTrack.Place> places = new ArrayList<>();
        for (final CameraTrack track : tracks) {
            places.add(track.endEpisode());
        }
        final FileNumber number = data.place((long) length * rowBytes());
        try {
            appendRows(taskIndex);
        } catch (final SQLException e) {
            throw new IOException(folder + ", episode " + episodeCount + ": " + e.getMessage(), e);
        }
        episodes.insert(episodeRow(task, number, places, about));
        about.forEach((name, one) -> stats.merge(name, one, FeatureStats::with));
        frameCount += length;
        episodeCount++;
        forget();
        broken = false;
    }

    private long rowBytes() {
        return (long) LeRobotFeatures.DEFAULTS.size() * Long.BYTES + numbers.values().stream().mapToLong(List::size).sum() * Float.BYTES;
    }

    private Map<String, FeatureStats> episodeStats(final int taskIndex) {
        final Map<String, FeatureStats> about = new LinkedHashMap<>();
        episode.forEach((name, values) -> about.put(name, VectorStats.of(values)));
        tracks.forEach(track -> about.put(track.camera().key(), track.stats()));
        final int index = episodeCount;
        final long first = frameCount;
        about.put("timestamp", VectorStats.of(length, frame -> (double) frame / fps));
        about.put("frame_index", VectorStats.of(length, frame -> frame));
        about.put("episode_index", VectorStats.of(length, frame -> index));
        about.put("index", VectorStats.of(length, frame -> first + frame));
        about.put("task_index", VectorStats.of(length, frame -> taskIndex));
        return about;
    }

    private void appendRows(final int taskIndex) throws SQLException {
        try (DuckDBAppender rows = data.appender()) {
            for (int frame = 0; frame < length; frame++) {
                rows.beginRow();
                for (final List<float[]> values : episode.values()) {
                    final float[] vector = values.get(frame);
                    if (vector.length == 1) {
                        rows.append(vector[0]);
                    } else {
                        rows.append(vector);
                    }
                }
                rows.append((float) ((double) frame / fps)).append((long) frame).append((long) episodeCount).append(frameCount + frame).append((long) taskIndex);
                rows.endRow();
            }
        }
    }

    private String episodeRow(final String task, final FileNumber number, final List<CameraTrack.Place> places, final Map<String, FeatureStats> about) throws IOException {
        final StringJoiner row = new StringJoiner(", ");
        row.add(Integer.toString(episodeCount)).add("[" + Sql.text(task) + "]").add(Integer.toString(length));
        row.add(Integer.toString(number.chunk())).add(Integer.toString(number.file())).add(Long.toString(frameCount)).add(Long.toString(frameCount + length));
        for (final CameraTrack.Place place : places) {
            row.add(Integer.toString(place.number().chunk())).add(Integer.toString(place.number().file()));
            row.add(Sql.number(place.fromSeconds())).add(Sql.number(place.toSeconds()));
        }
        about.forEach((name, one) -> statColumns(row, name.startsWith(LeRobotCamera.PREFIX), one));
        final FileNumber own = episodes.place(row.length());
        row.add(Integer.toString(own.chunk())).add(Integer.toString(own.file()));
        return row.toString();
    }

    private static void statColumns(final StringJoiner row, final boolean isPicture, final FeatureStats about) {
        about.byName().forEach((what, values) -> {
            if (isPicture) {
                final StringJoiner shaped = new StringJoiner(", ", "[", "]");
                for (final double value : values) {
                    shaped.add("[[" + Sql.number(value) + "]]");
                }
                row.add(shaped.toString());
            } else {
                row.add(Sql.list(values));
            }
            if ("std".equals(what)) {
                row.add("[" + about.count() + "]");
            }
        });
    }

    /**
     * Forgets the frames of the current episode; nothing of them will be in the dataset.
     *
     * @throws IOException if what was encoded cannot be removed; the dataset cannot be finished any more
     */
    public void discardEpisode() throws IOException {
        requireUsable();
        broken = true;
        for (final CameraTrack track : tracks) {
            track.discardEpisode();
        }
        forget();
        broken = false;
    }

    private void forget() {
        length = 0;
        numbers.keySet().forEach(name -> episode.put(name, new ArrayList<>()));
    }

    /**
     * Completes the dataset and moves it to its folder. Nothing can be added afterwards.
     *
     * @throws IllegalStateException if no episode was ended, one is going on, the writer is closed, or something failed before
     * @throws FileAlreadyExistsException if somebody else has made the folder meanwhile
     * @throws IOException if it cannot be written
     */
    public void finish() throws IOException {
        requireUsable();
        if (episodeCount == 0 || length > 0) {
            throw new IllegalStateException(length > 0 ? "an episode is going on" : "a dataset without episodes");
        }
        broken = true;
        for (final CameraTrack track : tracks) {
            track.finish();
        }
        data.finish();
        episodes.finish();
        writeTasks();
        Files.write(partial.resolve(DatasetFormat.STATS), DatasetFormat.PRETTY.writeValueAsBytes(DatasetFormat.stats(stats)));
        Files.write(partial.resolve(DatasetFormat.INFO), DatasetFormat.PRETTY.writeValueAsBytes(DatasetFormat.info(features, fps, robotType, episodeCount, frameCount, tasks.size())));
        close(database);
        delete(partial.resolve(STAGING));
        requireFree();
        // What the folder of a temporary file forbids others, a dataset's should not.
        Files.setPosixFilePermissions(partial, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.move(partial, folder, StandardCopyOption.ATOMIC_MOVE);
        closed = true;
    }

    private void writeTasks() throws IOException {
        final Map<String, String> columns = new LinkedHashMap<>();
        columns.put("task_index", "BIGINT");
        columns.put("task", "VARCHAR");
        final ParquetFiles file = new ParquetFiles(database, "tasks", columns, partial, DatasetFormat.TASKS, Map.of("pandas", DatasetFormat.pandas()), Long.MAX_VALUE);
        file.place(1);
        for (final Map.Entry<String, Integer> task : tasks.entrySet()) {
            file.insert(task.getValue() + ", " + Sql.text(task.getKey()));
        }
        file.finish();
    }

    /** Ends the writer. A dataset that is not finished is removed. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        tracks.forEach(CameraTrack::close);
        close(database);
        delete(partial);
    }

    private static void close(final DuckDBConnection database) throws IOException {
        try {
            if (database != null) {
                database.close();
            }
        } catch (final SQLException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static void delete(final Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        final List<Path> paths;
        try (Stream<Path> all = Files.walk(tree)) {
            paths = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (final Path path : paths) {
            Files.delete(path);
        }
    }
}
