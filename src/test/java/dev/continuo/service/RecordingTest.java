package dev.continuo.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A recorded run whose processes are all killed at once, and what can be done with the recording. */
class RecordingTest {
    private static final Pattern COMPARED = Pattern.compile("chunks: [1-9]\\d* compared, \\d+ identical; largest difference ([0-9.e-]+),");
    /** The libraries sum in another order where memory is aligned otherwise. */
    private static final double ROUNDING = 1e-5;
    private static final int PATIENCE_SECONDS = 150;
    private static final int SOME_CHUNKS = 4;
    private static final byte[] MCAP = "\u0089MCAP0\r\n".getBytes(StandardCharsets.ISO_8859_1);

    @TempDir
    private Path folder;
    private Path profile;
    private Path recordings;

    @BeforeEach
    void writeProfile() throws IOException {
        recordings = folder.resolve("recordings");
        profile = Files.writeString(folder.resolve("test.conf"), """
            extends = "arx-sim"
            bus.directory = /dev/shm/continuo-test-%d
            cluster { control-port = 25650, brain-port = 25651, cell-port = 25652 }
            recording { directory = "%3$s", keep-free = 10 MiB }
            definitions {
              camera-port = 8298
              left-transport.path = "%2$s/left.sock"
              right-transport.path = "%2$s/right.sock"
            }
            """.formatted(ProcessHandle.current().pid(), folder, recordings));
    }

    @Test
    @Timeout(value = 6, unit = TimeUnit.MINUTES)
    void aRunThatWasKilledIsThereToBeReplayedAndExported() throws Exception {
        try (LaunchedService service = LaunchedService.start(folder, "record", "--profile", profile.toString())) {
            final URI address = service.address(PATIENCE_SECONDS);
            service.await("chunks", PATIENCE_SECONDS, () -> counted(address, "/latency/frame-to-chunk/count") >= SOME_CHUNKS);
            assertTrue(counted(address, "/counts/recorder/acknowledgedBytes") > 0, "the report tells what is acknowledged");
            service.kill();
        }
        final String name = theOnlyRecording();
        assertTrue(run(0, "episodes", "--recordings", recordings.toString()).contains(name));
        final String episodes = run(0, "episodes", name, "--recordings", recordings.toString());
        assertTrue(episodes.contains("Answer the question and pick the card with the correct answer."), episodes);
        final String replayed = run(0, "replay", name, "--recordings", recordings.toString());
        final Matcher compared = COMPARED.matcher(replayed);
        assertTrue(compared.find() && Double.parseDouble(compared.group(1)) < ROUNDING, replayed);
        final Path mcap = folder.resolve("run.mcap");
        run(0, "export", name, "--mcap", mcap.toString(), "--recordings", recordings.toString());
        final byte[] content = Files.readAllBytes(mcap);
        assertTrue(Arrays.equals(MCAP, 0, MCAP.length, content, content.length - MCAP.length, content.length), "ends as a whole file does");
        assertTrue(run(2, "export", name, "--episode", "99", "--mcap", mcap.toString(), "--recordings", recordings.toString()).contains("has no episode 99"));
        assertTrue(run(2, "episodes", folder.toString()).contains(folder + " is no recording"));
    }

    private static long counted(final URI address, final String what) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            final JsonNode report = new ObjectMapper().readTree(client.send(HttpRequest.newBuilder(address.resolve("/api/report")).build(), BodyHandlers.ofString()).body());
            return report.at(what).asLong();
        } catch (final IOException notYet) {
            return 0;
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private String theOnlyRecording() throws IOException {
        try (Stream<Path> folders = Files.list(recordings)) {
            return folders.map(path -> path.getFileName().toString()).reduce((one, other) -> one + other).orElseThrow();
        }
    }

    private String run(final int expected, final String... arguments) throws InterruptedException {
        try (LaunchedService verb = LaunchedService.start(folder, arguments)) {
            assertEquals(expected, verb.exitStatus(PATIENCE_SECONDS), verb.output());
            return verb.output();
        }
    }
}
