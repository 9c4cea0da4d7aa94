package dev.continuo.recording.mcap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is written against what the readers of MCAP's makers said about it; {@code src/test/resources/mcap/README.md} tells how they were asked. */
final class McapGoldenTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path GOLDEN = Path.of("src", "test", "resources", "mcap");
    /** Kept for whoever makes the golden files anew. */
    private static final Path WRITTEN = Path.of("target", "mcap", "messages.mcap");
    private static final long PATIENCE_SECONDS = 60;

    @BeforeAll
    static void write() {
        GoldenFile.write(WRITTEN);
    }

    @Test
    void everyMessageHasTheValuesThatOtherReadersFind() throws IOException {
        final McapReader file = new McapReader(WRITTEN);
        final Map<Integer, McapReader.Schema> schemas = new TreeMap<>();
        file.entries(0x03).forEach(entry -> schemas.put(McapReader.schema(entry).id(), McapReader.schema(entry)));
        final Map<Integer, McapReader.Channel> channels = new TreeMap<>();
        file.entries(0x04).forEach(entry -> channels.put(McapReader.channel(entry).id(), McapReader.channel(entry)));
        final ArrayNode decoded = JSON.createArrayNode();
        for (final McapReader.Message message : file.messages()) {
            final McapReader.Channel channel = channels.get(message.channel());
            final McapReader.Schema schema = schemas.get(channel.schemaId());
            decoded.addObject().put("topic", channel.topic()).put("type", schema.name()).put("sequence", message.sequence())
                .put("logTime", message.logTime()).put("publishTime", message.publishTime())
                .set("message", new RosReader(schema.name(), schema.text()).decode(message.data()));
        }
        // Read again, for numbers of one value and of different Java types are not equal.
        assertEquals(JSON.readTree(GOLDEN.resolve("messages.json").toFile()).get("messages"), JSON.readTree(decoded.toString()));
    }

    @Test
    void everyRecordThatIsNotCompressedIsThatOfTheFileThatOthersRead() throws IOException {
        final List<McapReader.Entry> written = plain(new McapReader(WRITTEN));
        final List<McapReader.Entry> read = plain(new McapReader(GOLDEN.resolve("messages.mcap")));
        assertEquals(read.size(), written.size());
        for (int i = 0; i < read.size(); i++) {
            assertEquals(read.get(i).kind(), written.get(i).kind());
            assertEquals(read.get(i).content(), written.get(i).content(), "record " + i);
        }
    }

    /** Without those that tell where others stand, which another version of Zstandard moves. */
    private static List<McapReader.Entry> plain(final McapReader file) {
        final List<Integer> kinds = List.of(0x01, 0x03, 0x04, 0x07, 0x09, 0x0B, 0x0C);
        final List<McapReader.Entry> found = new ArrayList<>(file.entries().stream().filter(entry -> kinds.contains(entry.kind())).toList());
        file.entries(0x06).forEach(chunk -> found.addAll(McapReader.inside(chunk)));
        return found;
    }

    @Test
    void theReaderOfMcapsMakersSaysTheSame() throws IOException, InterruptedException {
        final String python = System.getProperty("continuo.mcap.python", System.getenv().getOrDefault("CONTINUO_MCAP_PYTHON", "python3"));
        assumeTrue(isThere(python), python + " has no mcap and mcap_ros2");
        final Path said = Files.createTempFile("mcap", ".json");
        try {
            final Process process = new ProcessBuilder(python, GOLDEN.resolve("read_mcap.py").toString(), WRITTEN.toString())
                .redirectOutput(said.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
            assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS));
            assertEquals(0, process.exitValue());
            assertEquals(JSON.readTree(GOLDEN.resolve("messages.json").toFile()), JSON.readTree(said.toFile()));
        } finally {
            Files.delete(said);
        }
    }

    private static boolean isThere(final String python) throws InterruptedException {
        try {
            return new ProcessBuilder(python, "-c", "import mcap, mcap_ros2")
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (final IOException none) {
            return false;
        }
    }
}
