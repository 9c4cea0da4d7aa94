package dev.continuo.recording.lerobot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What is written is read again, and looks from outside like what LeRobot writes. */
class LeRobotRoundTripTest {
    @TempDir
    Path folder;

    @Test
    void everyFrameIsReadAgain() throws IOException {
        final Path dataset = folder.resolve("it's a dataset");
        Datasets.write(dataset);
        final LeRobotReader reader = new LeRobotReader(dataset);
        assertEquals(Datasets.FEATURES, reader.features());
        assertEquals(Datasets.EPISODES, reader.episodes());
        assertEquals(Datasets.FPS, reader.fps());
        assertEquals("two_link", reader.robotType());
        assertEquals(List.of(), reader.passedOver());
        for (final LeRobotEpisode episode : reader.episodes().reversed()) {
            try (LeRobotFrames frames = reader.frames(episode.index())) {
                for (int i = 0; i < episode.length(); i++) {
                    assertSame(Datasets.frame(episode.index(), i), frames.next());
                }
                assertFalse(frames.hasNext());
            }
        }
    }

    private static void assertSame(final LeRobotFrame wanted, final LeRobotFrame read) {
        assertEquals(wanted.index(), read.index());
        assertEquals(wanted.timestampSeconds(), read.timestampSeconds(), 1e-6);
        assertArrayEquals(wanted.state(), read.state());
        assertArrayEquals(wanted.action(), read.action());
        assertEquals(wanted.vectors().keySet(), read.vectors().keySet());
        wanted.vectors().forEach((name, values) -> assertArrayEquals(values, read.vectors().get(name)));
        assertEquals(wanted.pictures().keySet(), read.pictures().keySet());
        wanted.pictures().forEach((name, picture) -> {
            final double psnr = Datasets.psnr(picture, read.pictures().get(name));
            assertTrue(psnr > 30, name + " in frame " + wanted.index() + ": " + psnr + " dB");
        });
    }

    @Test
    void aDiscardedEpisodeLeavesNothing() throws IOException {
        final Path dataset = folder.resolve("d");
        try (LeRobotWriter writer = new LeRobotWriter(dataset, Datasets.FPS, "two_link", Datasets.FEATURES)) {
            Datasets.add(writer, 0, 3);
            assertEquals(3, writer.frames());
            writer.endEpisode("a");
            Datasets.add(writer, 7, 2);
            writer.discardEpisode();
            assertEquals(0, writer.frames());
            Datasets.add(writer, 1, 4);
            writer.endEpisode("b");
            assertEquals(2, writer.episodes());
            writer.finish();
        }
        final LeRobotReader reader = new LeRobotReader(dataset);
        assertEquals(List.of(3, 4), reader.episodes().stream().map(LeRobotEpisode::length).toList());
        try (LeRobotFrames frames = reader.frames(1)) {
            assertSame(Datasets.frame(1, 0), frames.next());
        }
    }

    @Test
    void descriptionIsThatOfLeRobot() throws IOException {
        final Path dataset = folder.resolve("d");
        Datasets.write(dataset);
        assertEquals(json(Datasets.fixture("whole/meta/info.json")), json(dataset.resolve("meta/info.json")));
        assertEquals(shape(json(Datasets.fixture("whole/meta/stats.json"))), shape(json(dataset.resolve("meta/stats.json"))));
    }

    private static JsonNode json(final Path file) throws IOException {
        return DatasetFormat.JSON.readTree(file.toFile());
    }

    /** The same with 0 for every number. */
    private static JsonNode shape(final JsonNode node) {
        if (node.isNumber()) {
            return DatasetFormat.JSON.getNodeFactory().numberNode(0);
        }
        if (node.isArray()) {
            return DatasetFormat.JSON.createArrayNode().addAll(Stream.iterate(0, i -> i < node.size(), i -> i + 1).map(i -> shape(node.get(i))).toList());
        }
        final ObjectNode object = DatasetFormat.JSON.createObjectNode();
        node.properties().forEach(entry -> object.set(entry.getKey(), shape(entry.getValue())));
        return object;
    }

    @Test
    void columnsAreThoseOfLeRobot() throws Exception {
        final Path dataset = folder.resolve("d");
        Datasets.write(dataset);
        for (final String file : List.of("data/chunk-000/file-000.parquet", "meta/episodes/chunk-000/file-000.parquet", "meta/tasks.parquet")) {
            assertEquals(columns(Datasets.fixture("whole").resolve(file)), columns(dataset.resolve(file)), file);
        }
    }

    private static List<String> columns(final Path file) throws SQLException {
        try (Connection database = Sql.open("jdbc:duckdb:"); Statement statement = database.createStatement();
                ResultSet rows = statement.executeQuery("SELECT name, type, repetition_type, num_children, converted_type FROM parquet_schema(" + Sql.text(file.toString()) + ")")) {
            final List<String> columns = new ArrayList<>();
            while (rows.next()) {
                final String name = rows.getString(1);
                columns.add(name.contains("schema") ? "root" : name + " " + rows.getString(2) + " " + rows.getString(4) + " " + converted(rows.getString(5)));
            }
            return columns;
        }
    }

    /** An integer of 64 bits is one whether that is said twice or not. */
    private static String converted(final String type) {
        return type == null || "INT_64".equals(type) ? "" : type;
    }

    @Test
    void aDatasetThatIsNotFinishedIsNotThere() throws IOException {
        try (LeRobotWriter writer = new LeRobotWriter(folder.resolve("d"), Datasets.FPS, "two_link", Datasets.FEATURES)) {
            Datasets.add(writer, 0, 2);
            writer.endEpisode("a");
            Datasets.add(writer, 1, 1);
            assertThrows(IllegalStateException.class, writer::finish);
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void aFolderThatIsThereIsNamed() throws IOException {
        final Path dataset = Files.createDirectory(folder.resolve("d"));
        final FileAlreadyExistsException refusal =
            assertThrows(FileAlreadyExistsException.class, () -> new LeRobotWriter(dataset, Datasets.FPS, "two_link", Datasets.FEATURES));
        assertTrue(refusal.getMessage().contains(dataset.toString()));
    }

    @Test
    void whatDoesNotFitIsRefusedAndNotAdded() throws IOException {
        final LeRobotFrame good = Datasets.frame(0, 0);
        try (LeRobotWriter writer = new LeRobotWriter(folder.resolve("d"), Datasets.FPS, "two_link", Datasets.FEATURES)) {
            assertRefused("observation.state has 2 instead of 4 numbers", () -> writer.addFrame(new float[2], good.action(), good.vectors(), good.pictures()));
            assertRefused("action has nothing", () -> writer.addFrame(good.state(), null, good.vectors(), good.pictures()));
            assertRefused("observation.effort has nothing", () -> writer.addFrame(good.state(), good.action(), good.pictures()));
            assertRefused("action has NaN for y", () -> writer.addFrame(good.state(), new float[] {1, Float.NaN, 1}, good.vectors(), good.pictures()));
            final Map<String, byte[]> pictures = new LinkedHashMap<>(good.pictures());
            pictures.put("wrist", new byte[1]);
            assertRefused("observation.images.wrist has 1 instead of 12288 bytes", () -> writer.addFrame(good.state(), good.action(), good.vectors(), pictures));
            pictures.putAll(good.pictures());
            pictures.put("back", new byte[1]);
            assertRefused("no features", () -> writer.addFrame(good.state(), good.action(), good.vectors(), pictures));
            assertEquals(0, writer.frames());
            assertThrows(IllegalStateException.class, () -> writer.endEpisode("a"));
            assertThrows(IllegalStateException.class, writer::finish);
        }
    }

    private static void assertRefused(final String why, final Executable call) {
        final IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, call);
        assertTrue(refusal.getMessage().contains(why), refusal.getMessage());
    }

    @Test
    void oddPicturesAndDoubleNamesAreRefused() {
        final LeRobotFeatures odd = new LeRobotFeatures(List.of("a"), List.of(), Map.of(), List.of(new LeRobotCamera("c", 65, 64)));
        assertThrows(IllegalArgumentException.class, () -> new LeRobotWriter(folder.resolve("d"), 10, "r", odd));
        assertThrows(IllegalArgumentException.class, () -> new LeRobotFeatures(List.of("a"), List.of(), Map.of("index", List.of("i")), List.of()));
        assertThrows(IllegalArgumentException.class, () -> new LeRobotFeatures(List.of("a"), List.of(), Map.of(), List.of(Datasets.FRONT, Datasets.FRONT)));
    }

    @Test
    void fullFilesAreFollowedByOthers() throws Exception {
        final Path root = Files.createDirectory(folder.resolve("d"));
        try (DuckDBConnection database = ParquetFiles.database(root.resolve("rows.duckdb"))) {
            final ParquetFiles files = new ParquetFiles(database, "t", Map.of("a", "BIGINT"), root, DatasetFormat.DATA, Map.of(), 100);
            final List<FileNumber> numbers = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                numbers.add(files.place(40));
                files.insert(Integer.toString(i));
            }
            files.finish();
            assertEquals(List.of(0, 0, 1, 1, 2), numbers.stream().map(FileNumber::file).toList());
            assertEquals(new FileNumber(1, 0), new FileNumber(0, FileNumber.CHUNK_FILES - 1).next());
        }
        assertTrue(Files.exists(root.resolve("data/chunk-000/file-002.parquet")));
    }
}
