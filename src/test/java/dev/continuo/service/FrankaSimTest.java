package dev.continuo.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.continuo.config.ProfileReader;
import dev.continuo.supervision.RandomModel;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Toy placement on the simulated Franka as a user starts it, with a model that keeps the hand near its ready pose, and instructions from the keyboard. */
class FrankaSimTest {
    private static final Path HOME = Path.of("..", "..").toAbsolutePath().normalize();
    private static final String FIRST = "Pick the apple and place it behind the green block.";
    private static final String OTHER = "Pick the duck and place it on top of the blue block.";
    private static final int START_SECONDS = 60;
    private static final int ANSWER_SECONDS = 20;
    private static final int END_SECONDS = 30;

    @TempDir
    private Path folder;
    private Process service;

    @AfterEach
    void end() {
        if (service != null) {
            service.descendants().forEach(ProcessHandle::destroyForcibly);
            service.destroyForcibly();
        }
    }

    @Test
    @Timeout(value = 4, unit = TimeUnit.MINUTES)
    void instructionsAreTypedWhileTheArmPlays() throws Exception {
        final Path profile = Files.writeString(folder.resolve("toys.conf"), """
            extends = "franka-sim"
            model.directory = "%s/model"
            bus.directory = /dev/shm/continuo-toys-%d
            cluster { control-port = 25830, brain-port = 25831, cell-port = 25832 }
            definitions { camera-port = 8492, robot-port = 25833, hand-port = 25834 }
            """.formatted(folder, ProcessHandle.current().pid()));
        RandomModel.write(HOME.resolve("models/nano"), folder.resolve("model"), ProfileReader.read(profile.toString()), 1);
        final Path json = folder.resolve("run.json");
        start("run", "--profile", profile.toString(), "--instruction", FIRST, "--json", json.toString());
        try (PrintStream keyboard = new PrintStream(service.getOutputStream(), true, StandardCharsets.UTF_8)) {
            await("playing  trial", START_SECONDS);
            assertTrue(output().contains(FIRST), output());
            keyboard.println("Pick the unicorn and place it behind the green block.");
            await("no \"unicorn\" that things can be picked; there are apple", ANSWER_SECONDS);
            keyboard.println(OTHER);
            await("asked: " + OTHER, ANSWER_SECONDS);
            await(": " + OTHER + "  (0/0)", ANSWER_SECONDS);
            service.toHandle().destroy();
            assertTrue(service.waitFor(END_SECONDS, TimeUnit.SECONDS), "it ends when it is told to: " + output());
        }
        final JsonNode report = new ObjectMapper().readTree(json.toFile());
        assertTrue(report.at("/commands/sent").asLong() > 3_000, "the arm was commanded: " + report.at("/commands"));
        assertTrue(report.at("/events").toString().contains(OTHER), report.at("/events").toString());
    }

    @Test
    void anInstructionThatNobodyUnderstandsStartsNothing() throws Exception {
        start("run", "--profile", "franka-sim", "--instruction", "Pick the apple and place it under the green block.");
        assertTrue(service.waitFor(START_SECONDS, TimeUnit.SECONDS), output());
        assertEquals(2, service.exitValue(), output());
        assertTrue(output().contains("there are left, right, front, behind, top, bottom"), output());
    }

    private void start(final String... arguments) throws IOException {
        final ProcessBuilder builder = new ProcessBuilder(HOME.resolve("continuo").toString());
        builder.command().addAll(List.of(arguments));
        builder.redirectErrorStream(true).redirectOutput(folder.resolve("out.txt").toFile()).environment().put("CONTINUO_NO_BUILD", "1");
        service = builder.start();
    }

    private String output() throws IOException {
        return Files.readString(folder.resolve("out.txt"));
    }

    private void await(final String text, final int seconds) throws Exception {
        final long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!output().contains(text)) {
            assertTrue(System.nanoTime() < until && service.isAlive(), "no \"" + text + "\" in " + output());
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }
}
