package dev.continuo.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.supervision.command.RunFailure;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ChildJvmTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Says something else first, then that it is ready; goes with its parent. */
    static final class Ready {
        public static void main(final String[] arguments) throws InterruptedException {
            ChildJvm.endWithParent();
            System.out.println("noise");
            ChildJvm.tellReady(arguments[0]);
            Thread.sleep(60_000);
        }
    }

    /** Never gets ready. */
    static final class Failing {
        public static void main(final String[] arguments) {
            System.err.println("the port is taken");
            System.exit(3);
        }
    }

    @Test
    void aChildTellsWhenItIsReadyAndEndsWithItsParent() {
        final long beginNanos;
        try (ChildJvm child = ChildJvm.start("child", Ready.class, 1, List.of("-Xmx32m"), List.of("4711"), PATIENCE)) {
            assertEquals("4711", child.detail());
            child.requireAlive();
            beginNanos = System.nanoTime();
        }
        assertTrue(System.nanoTime() - beginNanos < 10_000_000_000L);
    }

    @Test
    void theLastWordsOfAChildThatFailsAreTold() {
        final RunFailure failure = assertThrows(RunFailure.class,
            () -> ChildJvm.start("child", Failing.class, 0, List.of("-Xmx32m"), List.of(), PATIENCE).close());
        assertEquals("child ended with status 3: the port is taken", failure.getMessage());
    }
}
