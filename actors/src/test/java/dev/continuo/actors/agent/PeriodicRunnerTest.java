package dev.continuo.actors.agent;

import dev.continuo.actors.latency.Count;
import dev.continuo.actors.latency.Latency;
import dev.continuo.actors.latency.LatencyLog;
import dev.continuo.actors.latency.LatencyRecorder;
import dev.continuo.actors.latency.LoopCounts;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

final class PeriodicRunnerTest {
    private static final long PERIOD = 2_000_000L;

    private final VirtualClock clock = new VirtualClock(0);
    private final LatencyRecorder latencies = new LatencyRecorder("test", Latency.LOOP_LATENESS);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final List<Long> tickTimes = new ArrayList<>();
    private final LoopCounts counts = new LoopCounts();
    private PeriodicRunner runner;
    private long oversleepAtTick5;
    private long robotPeriod;
    private boolean failAtTick5;
    private int closed;
    private long allocated;

    private void runTenTicks() {
        final Sleeper sleeper = deadline -> clock.moveTo(
            Math.max(clock.nanoTime(), deadline) + (tickTimes.size() == 5 ? oversleepAtTick5 : 0));
        runner = new PeriodicRunner(new Agent(), clock, sleeper, () -> allocated, failure::set);
        runner.run();
    }

    @Test
    void ticksAtAbsoluteTimes() {
        runTenTicks();
        for (int i = 0; i < 10; i++) {
            assertEquals((i + 1) * PERIOD, tickTimes.get(i));
        }
        assertEquals(10, counts.ticks.get());
        assertEquals(0, counts.missed.get());
        assertEquals(1, closed);
        assertNull(failure.get());
    }

    @Test
    void smallLatenessIsRecordedAndDoesNotShiftTheTicksAfterIt() {
        oversleepAtTick5 = PERIOD / 2;
        runTenTicks();
        assertEquals(6 * PERIOD + PERIOD / 2, tickTimes.get(5));
        assertEquals(7 * PERIOD, tickTimes.get(6));
        assertEquals(0, counts.missed.get());
        final LatencyLog log = LatencyLog.inMemory();
        log.add(latencies);
        assertEquals(PERIOD / 2, log.totals().get(Latency.LOOP_LATENESS).max(), PERIOD / 500);
    }

    @Test
    void longStallIsOneMissedTickAndSkippedDeadlines() {
        oversleepAtTick5 = 5 * PERIOD + 10;
        runTenTicks();
        assertEquals(11 * PERIOD + 10, tickTimes.get(5));
        assertEquals(11 * PERIOD + 10, tickTimes.get(6), "one tick at once for the deadline that has just passed");
        assertEquals(12 * PERIOD, tickTimes.get(7), "then in rhythm again");
        assertEquals(1, counts.missed.get());
        assertEquals(4, counts.skipped.get());
    }

    @Test
    void aRobotThatClocksTheLoopIsFollowedAndNotTheDeadline() {
        robotPeriod = PERIOD / 2 + 3;
        runTenTicks();
        for (int i = 0; i < 10; i++) {
            assertEquals((i + 1) * robotPeriod, tickTimes.get(i));
        }
        assertEquals(0, counts.missed.get());
        assertEquals(0, counts.skipped.get());
    }

    @Test
    void aRobotThatIsLateIsCounted() {
        robotPeriod = 3 * PERIOD;
        runTenTicks();
        assertEquals(30 * PERIOD, tickTimes.get(9));
        assertEquals(10, counts.missed.get());
    }

    @Test
    void failureClosesTheAgentAndIsTold() {
        failAtTick5 = true;
        runTenTicks();
        assertEquals(5, tickTimes.size());
        assertEquals(1, closed);
        assertEquals("planned", failure.get().getMessage());
        assertSame(IllegalStateException.class, failure.get().getClass());
    }

    @Test
    void allocationCountsAfterWarmUp() {
        final int ticks = PeriodicRunner.WARM_UP_TICKS + 100;
        final Agent agent = new Agent();
        agent.last = ticks;
        runner = new PeriodicRunner(
            agent, clock, deadline -> clock.moveTo(Math.max(deadline, clock.nanoTime())), () -> allocated += 24, failure::set);
        runner.run();
        assertEquals(100, counts.warmTicks.get());
        assertEquals(2400, counts.warmAllocatedBytes.get());
        assertEquals(24.0, counts.allocatedBytesPerTick());
        assertTrue(counts.ticks.get() == ticks);
    }

    private final class Agent implements StageAgent {
        private final Count alive = new Count();
        private int last = 10;

        @Override
        public boolean awaitTick(final Sleeper sleeper, final long deadlineNanos) {
            if (robotPeriod == 0) {
                return StageAgent.super.awaitTick(sleeper, deadlineNanos);
            }
            clock.moveTo(clock.nanoTime() + robotPeriod);
            return true;
        }

        @Override
        public int doWork() {
            if (failAtTick5 && tickTimes.size() == 5) {
                throw new IllegalStateException("planned");
            }
            tickTimes.add(clock.nanoTime());
            if (tickTimes.size() == last) {
                runner.stop();
            }
            return 1;
        }

        @Override
        public void onClose() {
            closed++;
        }

        @Override
        public Count aliveAtNanos() {
            return alive;
        }

        @Override
        public LatencyRecorder latencies() {
            return latencies;
        }

        @Override
        public LoopCounts loop() {
            return counts;
        }

        @Override
        public long periodNanos() {
            return PERIOD;
        }

        @Override
        public String roleName() {
            return "test";
        }
    }
}
