package dev.continuo.recording.lerobot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** LeRobot itself loads what is written here, finds in it what was meant, and trains a step on it. Runs where the environment names a Python that has lerobot. */
@EnabledIfEnvironmentVariable(named = "CONTINUO_LEROBOT_PYTHON", matches = ".+")
class LeRobotPeerTest {
    private static final double LEAST_PSNR = 30;

    @TempDir
    Path folder;

    @Test
    void leRobotLoadsAndTrains() throws Exception {
        final Path dataset = folder.resolve("dataset");
        final Path expected = Files.createDirectory(folder.resolve("expected"));
        Datasets.write(dataset);
        final ArrayNode frames = DatasetFormat.JSON.createArrayNode();
        int index = 0;
        for (final LeRobotEpisode episode : Datasets.EPISODES) {
            for (int i = 0; i < episode.length(); i++) {
                final LeRobotFrame frame = Datasets.frame(episode.index(), i);
                describe(frames.addObject(), episode, frame, index++);
                for (final Map.Entry<String, byte[]> picture : frame.pictures().entrySet()) {
                    Files.write(expected.resolve(episode.index() + "-" + i + "-" + picture.getKey() + ".rgb"), picture.getValue());
                }
            }
        }
        Files.writeString(expected.resolve("frames.json"), frames.toString());
        final JsonNode found = judge(dataset, expected);
        System.out.println("lerobot: " + found);
        assertEquals(frames.size(), found.get("frames").asInt());
        assertTrue(found.get("least_psnr").asDouble() > LEAST_PSNR, found.toString());
    }

    private static void describe(final ObjectNode node, final LeRobotEpisode episode, final LeRobotFrame frame, final int index) {
        put(node.putArray("observation.state"), frame.state());
        put(node.putArray("action"), frame.action());
        frame.vectors().forEach((name, values) -> put(node.putArray(name), values));
        node.put("timestamp", (float) frame.timestampSeconds()).put("frame_index", frame.index()).put("episode_index", episode.index());
        node.put("index", index).put("task_index", episode.index()).put("task", episode.task());
    }

    private static void put(final ArrayNode array, final float[] values) {
        for (final float value : values) {
            array.add(value);
        }
    }

    private JsonNode judge(final Path dataset, final Path expected) throws IOException, InterruptedException {
        final Path said = folder.resolve("said");
        final ProcessBuilder command = new ProcessBuilder(System.getenv("CONTINUO_LEROBOT_PYTHON"), Datasets.fixture("check_dataset.py").toString(), dataset.toString(), expected.toString());
        command.environment().put("HF_HUB_OFFLINE", "1");
        command.environment().put("HF_HOME", folder.resolve("cache").toString());
        final Process python = command.redirectErrorStream(true).redirectOutput(said.toFile()).start();
        assertTrue(python.waitFor(4, TimeUnit.MINUTES), "lerobot took too long");
        final String text = Files.readString(said);
        assertEquals(0, python.exitValue(), text);
        return DatasetFormat.JSON.readTree(text.strip().lines().reduce((before, line) -> line).orElseThrow());
    }
}
