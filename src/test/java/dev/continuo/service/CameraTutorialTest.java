package dev.continuo.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/add-a-camera.md}, followed word by word. */
class CameraTutorialTest {
    private static final int PATIENCE_SECONDS = 60;
    private static final int MOST_CONFIGURATION_LINES = 6;
    private static final String QUESTION = "Answer the question and pick the card with the correct answer.";

    @TempDir
    private Path folder;
    private Tutorial tutorial;

    @BeforeEach
    void open() {
        tutorial = new Tutorial("add-a-camera.md", folder);
    }

    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void theCameraIsBuiltAndLookedThrough() throws Exception {
        tutorial.continuo("new", "camera", "ppm");
        final Path camera = folder.resolve("ppm");
        tutorial.call(camera.resolve("build.sh").toString());
        look(camera.resolve("ppm.conf"), 0, " tokens, first after ");

        final List<String> configuration = tutorial.block("```conf");
        assertTrue(configuration.size() <= MOST_CONFIGURATION_LINES, configuration.toString());
        Files.write(camera.resolve("Ppm.java"), tutorial.block("```java"));
        tutorial.call(camera.resolve("build.sh").toString());
        final Path picture = folder.resolve("top.ppm");
        final Path profile = Files.writeString(camera.resolve("ppm.conf"), String.join("\n", configuration).replace("/dev/shm/top.ppm", picture.toString()));
        look(profile, 2, "continuo: camera top: " + picture + " is not there");
        final byte[] header = "P6\n320 240\n255\n".getBytes(StandardCharsets.US_ASCII);
        Files.write(picture, Arrays.copyOf(header, header.length + 3 * 320 * 240));
        look(profile, 0, " tokens, first after ");
    }

    @Test
    @Timeout(value = 1, unit = TimeUnit.MINUTES)
    void aSourceThatNobodyBringsIsTold() throws Exception {
        look(Files.write(folder.resolve("own.conf"), tutorial.block("```conf")), 2, "continuo: camera top: source ppm:/dev/shm/top.ppm begins with none of http:, v4l2:, file:");
    }

    private void look(final Path profile, final int status, final String expected) throws Exception {
        try (LaunchedService reason = LaunchedService.start(folder, tutorial.environment(), "reason", "--profile", profile.toString(), "--instruction", QUESTION)) {
            assertEquals(status, reason.exitStatus(PATIENCE_SECONDS), reason.output());
            assertTrue(reason.output().contains(expected), reason.output());
        }
    }
}
