package dev.continuo.recording.lerobot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Datasets that LeRobot itself wrote, and what LeRobot reads from them. */
class LeRobotReaderTest {
    /** LeRobot's own conversion to RGB rounds down. */
    private static final double COLOUR_TOLERANCE = 2;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"whole", "split", "pictures"})
    void readsWhatLeRobotReads(final String name) throws IOException {
        final LeRobotReader reader = new LeRobotReader(Datasets.fixture(name));
        assertEquals(Datasets.FEATURES, reader.features());
        assertEquals("two_link", reader.robotType());
        assertEquals(Datasets.FPS, reader.fps());
        assertEquals(List.of(new LeRobotEpisode(0, List.of("put the cube into the box"), 5), new LeRobotEpisode(1, List.of("open the drawer"), 4)), reader.episodes());
        final JsonNode wanted = DatasetFormat.JSON.readTree(Datasets.fixture(name + ".json").toFile());
        int read = 0;
        for (final LeRobotEpisode episode : reader.episodes()) {
            try (LeRobotFrames frames = reader.frames(episode.index())) {
                while (frames.hasNext()) {
                    assertFrame(wanted.get(read++), episode, frames.next());
                }
            }
        }
        assertEquals(wanted.size(), read);
    }

    private static void assertFrame(final JsonNode wanted, final LeRobotEpisode episode, final LeRobotFrame frame) {
        assertEquals(wanted.get("episode_index").asInt(), episode.index());
        assertEquals(wanted.get("task").asText(), episode.task());
        assertEquals(wanted.get("frame_index").asInt(), frame.index());
        assertEquals(wanted.get("timestamp").get(0).asDouble(), frame.timestampSeconds());
        assertVector(wanted.get("observation.state"), frame.state());
        assertVector(wanted.get("action"), frame.action());
        frame.vectors().forEach((name, values) -> assertVector(wanted.get(name), values));
        for (final LeRobotCamera camera : Datasets.FEATURES.cameras()) {
            assertQuarters(wanted.get(camera.key()), camera, frame.pictures().get(camera.name()));
        }
    }

    private static void assertVector(final JsonNode wanted, final float[] read) {
        assertEquals(wanted.size(), read.length);
        for (int i = 0; i < read.length; i++) {
            assertEquals((float) wanted.get(i).asDouble(), read[i]);
        }
    }

    private static void assertQuarters(final JsonNode wanted, final LeRobotCamera camera, final byte[] rgb) {
        final int width = camera.width() / 2;
        final int height = camera.height() / 2;
        for (int quarter = 0; quarter < 4; quarter++) {
            for (int channel = 0; channel < 3; channel++) {
                double sum = 0;
                for (int y = 0; y < height; y++) {
                    for (int x = 0; x < width; x++) {
                        sum += rgb[3 * ((y + quarter / 2 * height) * camera.width() + x + quarter % 2 * width) + channel] & 255;
                    }
                }
                assertEquals(wanted.get(quarter).get(channel).asDouble(), sum / (width * height), COLOUR_TOLERANCE, camera.name() + " quarter " + quarter + " channel " + channel);
            }
        }
    }

    @Test
    void anOlderFormatIsNamedWithTheWayOut() throws IOException {
        final Path dataset = copy("whole");
        edit(dataset.resolve("meta/info.json"), "\"v3.0\"", "\"v2.1\"");
        assertRefused(() -> new LeRobotReader(dataset), "info.json", "codebase_version v2.1", "convert_dataset_v21_to_v30");
        edit(dataset.resolve("meta/info.json"), "\"v2.1\"", "\"v9.0\"");
        assertRefused(() -> new LeRobotReader(dataset), "codebase_version v9.0");
    }

    @Test
    void whatIsNoDatasetIsNamed() throws IOException {
        assertRefused(() -> new LeRobotReader(folder), "meta/info.json");
        Files.createDirectory(folder.resolve("meta"));
        Files.writeString(folder.resolve("meta/info.json"), "{");
        assertRefused(() -> new LeRobotReader(folder), "info.json is no JSON");
    }

    @ParameterizedTest
    @ValueSource(strings = {"data/chunk-001/file-000.parquet", "videos/observation.images.front/chunk-001/file-000.mp4", "meta/episodes/chunk-000/file-000.parquet"})
    void aMissingFileIsNamed(final String missing) throws IOException {
        final Path dataset = copy("split");
        Files.delete(dataset.resolve(missing));
        assertRefused(() -> new LeRobotReader(dataset), missing.startsWith("meta") ? "meta/episodes" : missing);
    }

    @Test
    void aVectorOfAnotherSizeIsNamed() throws IOException {
        final Path dataset = copy("whole");
        edit(dataset.resolve("meta/info.json"), "[\n                3\n            ],\n            \"names\": [\n                \"x\"", "[\n                2\n            ],\n            \"names\": [\n                \"x\"");
        assertRefused(() -> read(dataset), "file-000.parquet", "action has 3 numbers in frame 0", "says 2");
    }

    @Test
    void picturesOfAnotherSizeAreNamed() throws IOException {
        final Path dataset = copy("whole");
        edit(dataset.resolve("meta/info.json"), "64,\n                96", "64,\n                100");
        assertRefused(() -> read(dataset), "observation.images.front", "96x64", "100x64");
    }

    @Test
    void aMissingColumnIsNamed() throws IOException {
        final Path dataset = copy("whole");
        edit(dataset.resolve("meta/info.json"), "observation.effort", "observation.torque");
        assertRefused(() -> read(dataset), "file-000.parquet", "observation.torque");
    }

    @Test
    void otherKindsArePassedOver() throws IOException {
        final Path dataset = copy("whole");
        edit(dataset.resolve("meta/info.json"), "\"observation.weight\": {\n            \"dtype\": \"float32\"", "\"observation.weight\": {\n            \"dtype\": \"bool\"");
        assertEquals(List.of("observation.weight"), new LeRobotReader(dataset).passedOver());
        read(dataset);
    }

    private static void read(final Path dataset) throws IOException {
        try (LeRobotFrames frames = new LeRobotReader(dataset).frames(0)) {
            frames.next();
        } catch (final UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void assertRefused(final Executable call, final String... words) {
        final String why = assertThrows(IOException.class, call).getMessage();
        for (final String word : words) {
            assertTrue(why.contains(word), why);
        }
    }

    private static void edit(final Path file, final String from, final String to) throws IOException {
        final String text = Files.readString(file);
        assertTrue(text.contains(from), from);
        Files.writeString(file, text.replace(from, to));
    }

    private Path copy(final String name) throws IOException {
        final Path source = Datasets.fixture(name);
        try (Stream<Path> all = Files.walk(source)) {
            for (final Path path : all.toList()) {
                Files.copy(path, folder.resolve(name).resolve(source.relativize(path)));
            }
        }
        return folder.resolve(name);
    }
}
