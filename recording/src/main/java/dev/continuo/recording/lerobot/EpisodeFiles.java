package dev.continuo.recording.lerobot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An episode and where its parts are.
 *
 * @param data   the file with its numbers
 * @param videos by the cameras' features
 */
record EpisodeFiles(LeRobotEpisode episode, Path data, Map<String, Video> videos) {
    /**
     * A camera's pictures of an episode.
     *
     * @param fromSeconds when the first of them is shown in the file
     */
    record Video(Path file, double fromSeconds) {
    }

    /** Of all episodes of a dataset, in their order; refuses a dataset whose files are not all there. */
    static List<EpisodeFiles> read(final Path folder, final DatasetInfo info) throws IOException {
        final List<EpisodeFiles> all = new ArrayList<>();
        try (Connection database = Sql.open("jdbc:duckdb:"); Statement statement = database.createStatement()) {
            for (final Path file : files(folder.resolve("meta/episodes"))) {
                readFile(statement, file, folder, info, all);
            }
        } catch (final SQLException e) {
            throw new IOException(folder + ": " + e.getMessage(), e);
        }
        all.sort(Comparator.comparingInt(one -> one.episode.index()));
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).episode.index() != i) {
                throw new IOException(folder.resolve("meta/episodes") + ": episode " + i + " is missing or there twice");
            }
        }
        for (final Path file : all.stream().flatMap(one -> Stream.concat(Stream.of(one.data), one.videos.values().stream().map(Video::file))).distinct().toList()) {
            if (!Files.isReadable(file)) {
                throw new NoSuchFileException(file.toString(), null, "named by an episode");
            }
        }
        return all;
    }

    private static List<Path> files(final Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new NoSuchFileException(folder.toString());
        }
        try (Stream<Path> all = Files.walk(folder, 2)) {
            final List<Path> files = all.filter(file -> file.toString().endsWith(".parquet")).sorted().toList();
            if (files.isEmpty()) {
                throw new NoSuchFileException(folder.toString(), null, "no Parquet files");
            }
            return files;
        }
    }

    private static void readFile(final Statement statement, final Path file, final Path folder, final DatasetInfo info, final List<EpisodeFiles> all) throws IOException {
        final List<String> columns = new ArrayList<>(List.of("episode_index", "length", "data/chunk_index", "data/file_index"));
        final List<String> keys = info.cameras().keySet().stream().filter(key -> !info.embedded().contains(key)).toList();
        for (final String key : keys) {
            columns.addAll(List.of("videos/" + key + "/chunk_index", "videos/" + key + "/file_index", "videos/" + key + "/from_timestamp"));
        }
        columns.add("tasks");
        try (ResultSet rows = statement.executeQuery(ParquetRows.query(file, columns, ""))) {
            while (rows.next()) {
                int column = 0;
                final int index = rows.getInt(++column);
                final int length = rows.getInt(++column);
                final Path data = folder.resolve(new FileNumber(rows.getInt(++column), rows.getInt(++column)).in(info.dataPath(), ""));
                final Map<String, Video> videos = new LinkedHashMap<>();
                for (final String key : keys) {
                    final Path video = folder.resolve(new FileNumber(rows.getInt(++column), rows.getInt(++column)).in(info.videoPath(), key));
                    videos.put(key, new Video(video, rows.getDouble(++column)));
                }
                final Object[] tasks = (Object[]) rows.getArray(++column).getArray();
                all.add(new EpisodeFiles(new LeRobotEpisode(index, Arrays.stream(tasks).map(String::valueOf).toList(), length), data, videos));
            }
        } catch (final SQLException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }
}
