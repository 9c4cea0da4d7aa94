package dev.continuo.benchmarks.loop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.continuo.benchmarks.ChildJvm;
import dev.continuo.benchmarks.Circumstances;
import dev.continuo.benchmarks.Output;
import dev.continuo.benchmarks.RealTimePermission;
import dev.continuo.benchmarks.Seconds;
import dev.continuo.config.ProfileException;
import dev.continuo.config.ProfileReader;
import dev.continuo.hardware.linux.RealTime;
import dev.continuo.supervision.command.RunFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench loop}: how well the control loops of both arms keep their time. */
@Command(name = "loop", mixinStandardHelpOptions = true,
    description = "The control loops of both arms against the simulated cell: ticks missed, lateness, bytes allocated.")
public final class LoopCommand implements Callable<Integer> {
    /** A loop under SCHED_FIFO still waits for the JVM's own threads at a safepoint, so these must not starve. */
    private static final int REAL_TIME_NICENESS = -15;
    private static final Duration SET_UP = Duration.ofMinutes(3);
    private static final int MOST_THREADS = 256;
    private static final int FASTEST_HZ = 1000;
    private static final int SLOWEST_HZ = 50;
    private static final int PRIORITY = 80;

    /** Which scheduling to measure. */
    public enum Scheduling {
        /** Ordinary, and SCHED_FIFO where it is permitted. */
        BOTH,
        /** Ordinary only. */
        ORDINARY,
        /** SCHED_FIFO only. */
        FIFO
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private Output output;

    @Option(names = "--profile", paramLabel = "NAME|FILE", defaultValue = "arx-sim", description = "whose arms (default: ${DEFAULT-VALUE})")
    private String profile;

    @Option(names = "--seconds", paramLabel = "S", defaultValue = "10",
        description = "how long to measure each case, after the warm-up (default: ${DEFAULT-VALUE})")
    private double seconds;

    @Option(names = "--warm-up", paramLabel = "S", defaultValue = "5",
        description = "how long the arms play before, so that the compiler settles (default: ${DEFAULT-VALUE})")
    private double warmUp;

    @Option(names = "--rate", paramLabel = "HZ", split = ",", description = "control cycles per second (default: the profile's)")
    private List<Integer> rates = List.of(0);

    @Option(names = "--load", paramLabel = "N", defaultValue = "0",
        description = "also measure beside N busy tensor threads in another process (default: ${DEFAULT-VALUE})")
    private int load;

    @Option(names = "--scheduling", paramLabel = "WHICH", defaultValue = "BOTH",
        description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}: ordinary, and SCHED_FIFO where permitted)")
    private Scheduling scheduling;

    /** For picocli. */
    public LoopCommand() {
    }

    @Override
    public Integer call() throws JsonProcessingException {
        output.check();
        final long nanos = Seconds.nanos("--seconds", seconds);
        check();
        final Circumstances circumstances = Circumstances.now();
        final RealTime.Outcome realTime = RealTimePermission.ask(PRIORITY);
        if (scheduling == Scheduling.FIFO && !realTime.granted()) {
            throw new ProfileException("--scheduling FIFO: " + realTime.text());
        }
        final List<LoopFigures> figures = new ArrayList<>();
        for (final LoopCase loop : cases(Seconds.nanos("--warm-up", warmUp), nanos, realTime.granted())) {
            figures.add(measure(loop));
        }
        final LoopReport report = new LoopReport(circumstances, profile, realTime.text(), figures);
        spec.commandLine().getOut().print(report.text());
        output.write(report);
        return 0;
    }

    private void check() {
        ProfileReader.read(profile);
        for (final int rate : rates) {
            if (rate != 0 && (rate < SLOWEST_HZ || rate > FASTEST_HZ)) {
                throw new ProfileException("--rate " + rate + ": must be between " + SLOWEST_HZ + " and " + FASTEST_HZ);
            }
        }
        if (load < 0 || load > MOST_THREADS) {
            throw new ProfileException("--load " + load + ": must be between 0 and " + MOST_THREADS);
        }
        if (!ArmsRig.countsAllocation()) {
            throw new RunFailure("this JVM does not count the bytes that a thread allocates");
        }
    }

    private List<LoopCase> cases(final long warmUpNanos, final long nanos, final boolean realTimeGranted) {
        final Set<Integer> loads = new LinkedHashSet<>(List.of(0));
        loads.add(load);
        final List<LoopCase> cases = new ArrayList<>();
        for (final int rate : rates) {
            for (final int threads : loads) {
                if (scheduling != Scheduling.FIFO) {
                    cases.add(new LoopCase(profile, rate, false, threads, warmUpNanos, nanos));
                }
                if (scheduling != Scheduling.ORDINARY && realTimeGranted) {
                    cases.add(new LoopCase(profile, rate, true, threads, warmUpNanos, nanos));
                }
            }
        }
        return cases;
    }

    private static LoopFigures measure(final LoopCase loop) throws JsonProcessingException {
        try (ChildJvm arms = ChildJvm.start("the arms' process", ArmsProcess.class,
            loop.realTime() ? REAL_TIME_NICENESS : 0, ChildJvm.CONTROL_FLAGS, loop.arguments(),
            SET_UP.plusNanos(loop.warmUpNanos() + loop.nanos()))) {
            return new ObjectMapper().readValue(arms.detail(), LoopFigures.class);
        }
    }
}
