package dev.continuo.hardware.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.hardware.can.AllocatedBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class RealTimeTest {

    @Test
    void eachRequestIsGrantedOrSaysWhatToGrant() throws InterruptedException {
        final List<RealTime.Outcome> outcomes = new ArrayList<>();
        inThread(() -> {
            outcomes.add(RealTime.fifo(10));
            outcomes.add(RealTime.ordinary());
            outcomes.add(RealTime.timerSlack(1));
        });
        for (final RealTime.Outcome outcome : outcomes) {
            assertTrue(outcome.granted() || outcome.text().contains(": "), outcome.text());
        }
        if (!outcomes.getFirst().granted()) {
            assertTrue(outcomes.getFirst().text().contains("CAP_SYS_NICE"), outcomes.getFirst().text());
        }
    }

    @Test
    void aGrantedPriorityIsInForce() throws InterruptedException {
        final List<String> seen = new ArrayList<>();
        inThread(() -> {
            if (RealTime.fifo(10).granted()) {
                seen.add(ownStat()[41 - 3]);
            }
        });
        assertTrue(seen.isEmpty() || seen.equals(List.of("1")), "policy field " + seen);
    }

    @Test
    void aThreadIsDemotedFromOutsideWhileItSpins() throws InterruptedException, IOException {
        final CompletableFuture<Integer> number = new CompletableFuture<>();
        final AtomicBoolean spinning = new AtomicBoolean(true);
        final Thread thread = Thread.ofPlatform().daemon().start(() -> {
            RealTime.fifo(10);
            number.complete(RealTime.threadId());
            while (spinning.get()) {
                Thread.onSpinWait();
            }
        });
        final int id = number.join();
        final RealTime.Outcome demoted = RealTime.demote(id);
        assertTrue(demoted.granted(), demoted.text());
        final String[] stat = stat(Path.of("/proc/self/task/" + id + "/stat"));
        assertEquals("0", stat[41 - 3], "its policy");
        assertEquals("10", stat[19 - 3], "its niceness");
        spinning.set(false);
        thread.join();
        assertFalse(RealTime.demote(Integer.MAX_VALUE).granted(), "there is no such thread");
    }

    @Test
    void impossibleRequestsAreRefusedWithWords() throws InterruptedException {
        assertFalse(RealTime.pin(1023).granted());
        assertFalse(RealTime.pin(-1).granted());
        assertFalse(RealTime.pin(100_000).granted());
        assertFalse(RealTime.fifo(1000).granted());
        assertTrue(RealTime.fifo(1000).text().startsWith("real-time priority 1000: "), RealTime.fifo(1000).text());
        final List<RealTime.Outcome> virtual = new ArrayList<>();
        Thread.ofVirtual().start(() -> virtual.add(RealTime.fifo(10))).join();
        assertEquals("real-time priority: not for a virtual thread", virtual.getFirst().text());
    }

    @Test
    void aPinnedThreadStaysOnItsProcessor() throws InterruptedException {
        final List<String> seen = new ArrayList<>();
        inThread(() -> {
            if (RealTime.pin(0).granted()) {
                for (int i = 0; i < 20; i++) {
                    Thread.yield();
                    seen.add(ownStat()[39 - 3]);
                }
            }
        });
        assertTrue(seen.stream().allMatch("0"::equals), seen.toString());
    }

    @Test
    void sleepsUntilTheDeadlineAndNotAfterIt() {
        try (AbsoluteSleep sleep = new AbsoluteSleep()) {
            final long start = System.nanoTime();
            for (int i = 1; i <= 50; i++) {
                sleep.until(start + i * 1_000_000L);
                assertTrue(System.nanoTime() >= start + i * 1_000_000L, "woke early");
            }
            final long elapsed = System.nanoTime() - start;
            assertTrue(elapsed < 500_000_000L, "50 ms took " + elapsed);
            sleep.until(start);
            sleep.until(-1);
        }
    }

    @Test
    void sleepingAllocatesNothing() {
        try (AbsoluteSleep sleep = new AbsoluteSleep()) {
            assertEquals(0, AllocatedBytes.over(20_000, 5_000, () -> sleep.until(System.nanoTime() + 1)));
        }
    }

    private static void inThread(final Runnable body) throws InterruptedException {
        final Thread thread = Thread.ofPlatform().start(body);
        thread.join();
    }

    /** The fields of proc(5) stat of the calling thread after the command's name: the first is field 3. */
    private static String[] ownStat() {
        try {
            return stat(Path.of("/proc/thread-self/stat"));
        } catch (final IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    private static String[] stat(final Path file) throws IOException {
        final String stat = Files.readString(file);
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    }
}
