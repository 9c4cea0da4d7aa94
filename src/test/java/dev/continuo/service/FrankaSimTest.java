package dev.continuo.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.continuo.config.ProfileReader;
import dev.continuo.supervision.RandomModel;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Toy placement on the simulated Franka as a user starts it, with a model that keeps the hand near its ready pose, and instructions from the keyboard. */
class FrankaSimTest {
    private static final String FIRST = "Pick the apple and place it behind the green block.";
    private static final String OTHER = "Pick the duck and place it on top of the blue block.";
    private static final int START_SECONDS = 60;
    private static final int ANSWER_SECONDS = 20;
    private static final int END_SECONDS = 30;

    @TempDir
    private Path folder;

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
        RandomModel.write(LaunchedService.HOME.resolve("models/nano"), folder.resolve("model"), ProfileReader.read(profile.toString()), 1);
        final Path json = folder.resolve("run.json");
        try (LaunchedService service = LaunchedService.start(folder, "run", "--profile", profile.toString(), "--instruction", FIRST, "--json", json.toString());
             PrintStream keyboard = service.keyboard()) {
            service.awaitOutput("playing  trial", START_SECONDS);
            assertTrue(service.output().contains(FIRST), service.output());
            keyboard.println("Pick the unicorn and place it behind the green block.");
            service.awaitOutput("no \"unicorn\" that things can be picked; there are apple", ANSWER_SECONDS);
            keyboard.println(OTHER);
            service.awaitOutput("asked: " + OTHER, ANSWER_SECONDS);
            service.awaitOutput(": " + OTHER + "  (0/0)", ANSWER_SECONDS);
            service.interrupt();
            service.exitStatus(END_SECONDS);
        }
        final JsonNode report = LaunchedService.report(json);
        assertTrue(report.at("/commands/sent").asLong() > 3_000, "the arm was commanded: " + report.at("/commands"));
        assertTrue(report.at("/events").toString().contains(OTHER), report.at("/events").toString());
    }

    @Test
    void anInstructionThatNobodyUnderstandsStartsNothing() throws Exception {
        final String unknown = "Pick the apple and place it under the green block.";
        try (LaunchedService service = LaunchedService.start(folder, "run", "--profile", "franka-sim", "--instruction", unknown)) {
            assertEquals(2, service.exitStatus(START_SECONDS), service.output());
            assertTrue(service.output().contains("there are left, right, front, behind, top, bottom"), service.output());
        }
    }
}
