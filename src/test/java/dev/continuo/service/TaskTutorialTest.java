package dev.continuo.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/add-a-task.md}, followed word by word: its task is played by the model that ships. */
class TaskTutorialTest {
    private static final int PATIENCE_SECONDS = 200;
    private static final int MOST_CONFIGURATION_LINES = 2;
    private static final Pattern SUCCEEDED = Pattern.compile("\\([1-9][0-9]*/");

    @TempDir
    private Path folder;
    private Tutorial tutorial;

    @BeforeEach
    void open() {
        tutorial = new Tutorial("add-a-task.md", folder);
    }

    @Test
    @Timeout(value = 8, unit = TimeUnit.MINUTES)
    void theTaskIsBuiltPlayedAndJudged() throws Exception {
        tutorial.continuo("new", "task", "lift-the-answer");
        final Path task = folder.resolve("lift-the-answer");
        tutorial.call(task.resolve("build.sh").toString());
        final JsonNode beginning = play(Files.readAllLines(task.resolve("lift-the-answer.conf")));
        assertTrue(beginning.at("/trials").toString().matches(".*\"success\":true,\"outcome\":\"the [123] is lifted\".*"), "the beginning is played as it is: " + beginning.at("/trials"));

        final List<String> configuration = tutorial.block("```conf");
        assertTrue(configuration.size() <= MOST_CONFIGURATION_LINES, configuration.toString());
        Files.write(task.resolve("LiftTheAnswer.java"), tutorial.block("```java"));
        tutorial.call(task.resolve("build.sh").toString());
        final JsonNode report = play(configuration);
        int successes = 0;
        for (final JsonNode trial : report.at("/trials")) {
            final String outcome = trial.at("/outcome").asText();
            if (trial.at("/success").asBoolean()) {
                successes++;
                final String[] terms = trial.at("/asked").asText().split("\\+");
                assertEquals("the " + (Integer.parseInt(terms[0]) + Integer.parseInt(terms[1])) + " is lifted", outcome, trial.toString());
            } else {
                assertTrue(outcome.contains(", not the ") || outcome.endsWith("time is up"), trial.toString());
            }
            assertEquals("sum", trial.at("/scores/0/name").asText(), trial.toString());
        }
        assertTrue(successes >= 1, report.at("/trials").toString());
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void aJudgeThatFailsIsReplacedWithItsCell() throws Exception {
        tutorial.continuo("new", "task", "lift-the-answer");
        final Path task = folder.resolve("lift-the-answer");
        final Path broken = folder.resolve("broken");
        final String judge = "public Judgement judge(final SceneState scene) {\n";
        final String code = String.join("\n", tutorial.block("```java"));
        assertTrue(code.contains(judge), code);
        Files.writeString(task.resolve("LiftTheAnswer.java"), code.replace(judge, judge + """
            if (java.nio.file.Files.exists(java.nio.file.Path.of("%s"))) {
                throw new IllegalStateException("the judge is lost");
            }
            """.formatted(broken)));
        tutorial.call(task.resolve("build.sh").toString());
        final Path json = folder.resolve("run.json");
        try (LaunchedService service = tutorial.runInProcesses(profile(tutorial.block("```conf")), "--json", json.toString())) {
            service.awaitOutput("playing", PATIENCE_SECONDS);
            final ProcessHandle cell = service.awaitRole("cell", process -> true, PATIENCE_SECONDS);
            Files.createFile(broken);
            service.await("the cell has ended", PATIENCE_SECONDS, () -> !cell.isAlive());
            Files.delete(broken);
            service.awaitRole("cell", process -> process.pid() != cell.pid(), PATIENCE_SECONDS);
            final int before = service.output().length();
            service.await("the arms play again", PATIENCE_SECONDS, () -> service.output().substring(before).contains("playing"));
            service.interrupt();
            assertEquals(0, service.exitStatus(PATIENCE_SECONDS), service.output());
        }
        final String events = LaunchedService.report(json).at("/events").toString();
        assertTrue(events.contains("cell failed: the cell's thread lift-the-answer failed: java.lang.IllegalStateException: the judge is lost"), events);
    }

    @Test
    @Timeout(value = 1, unit = TimeUnit.MINUTES)
    void aTaskThatNobodyPlaysIsTold() throws Exception {
        try (LaunchedService service = LaunchedService.start(folder, "run", "--profile", profile(tutorial.block("```conf")).toString())) {
            assertEquals(2, service.exitStatus(PATIENCE_SECONDS), service.output());
            assertTrue(service.output().contains("continuo: no simulated cell plays the task lift-the-answer; there are: math-matching, toy-placement"), service.output());
        }
    }

    /** Plays until a trial succeeds; the report. */
    private JsonNode play(final List<String> configuration) throws Exception {
        final Path json = folder.resolve("run.json");
        try (LaunchedService service = tutorial.run(profile(configuration), "--json", json.toString())) {
            service.await("a trial succeeds", PATIENCE_SECONDS, () -> SUCCEEDED.matcher(service.output()).find());
            service.interrupt();
            assertEquals(0, service.exitStatus(PATIENCE_SECONDS), service.output());
        }
        return LaunchedService.report(json);
    }

    /** The page's profile, away from whatever runs beside the build. */
    private Path profile(final List<String> configuration) throws IOException {
        return Files.writeString(folder.resolve("own.conf"), String.join("\n", configuration) + """

            bus.directory = /dev/shm/continuo-task-%d
            cluster { control-port = 26620, brain-port = 26621, cell-port = 26622 }
            definitions { camera-port = 8697, left-transport.path = "%2$s/left.sock", right-transport.path = "%2$s/right.sock" }
            """.formatted(ProcessHandle.current().pid(), folder));
    }
}
