package dev.continuo.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BenchmarkCommandsTest {

    @ParameterizedTest
    @ValueSource(strings = {
        "", "bench", "bench nothing", "bench bus --json /nowhere/at/all.json", "bench bus --bytes 3", "bench bus --seconds 0",
        "bench bus --rounds 0", "bench bus --idle dreaming", "bench loop --profile none-such", "bench loop --rate 5",
        "bench loop --load -1", "bench loop --seconds NaN", "bench model --model /nowhere", "bench model --threads 0", "bench micro none-such",
        "bench micro --forks -1", "bench stutter --strategies hurried", "bench stutter --delays -1", "bench stutter --split all", "bench stutter --trials -1", "bench stutter --resume",
        "bench stutter --profile none-such", "bench faults --faults none-such", "bench faults --seconds 0", "bench watching --pairs 0", "bench watching --cameras 9", "bench watching --seconds -1", "bench watching --profile none-such"})
    void badUsageIsOneLineAndStatusTwo(final String line) {
        final CommandRun run = CommandRun.of(line.isEmpty() ? new String[0] : line.split(" "));
        assertEquals(2, run.status(), run.err());
        assertEquals(1, run.err().lines().count(), run.err());
        assertTrue(run.err().startsWith("continuo: "), run.err());
        assertEquals("", run.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bus", "loop", "model", "micro", "stutter", "watching", "faults"})
    void everyBenchmarkExplainsItself(final String what) {
        final CommandRun run = CommandRun.of("bench", what, "--help");
        assertEquals(0, run.status());
        assertTrue(run.out().contains("--json=FILE"), run.out());
    }

    @Test
    void theVerbListsItsBenchmarks() {
        final String help = CommandRun.of("bench", "--help").out();
        for (final String what : new String[] {"bus", "loop", "model", "micro", "stutter", "watching", "faults"}) {
            assertTrue(help.contains("  " + what), help);
        }
    }
}
