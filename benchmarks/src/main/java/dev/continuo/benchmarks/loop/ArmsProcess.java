package dev.continuo.benchmarks.loop;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.continuo.actors.agent.WarmUp;
import dev.continuo.actors.bus.AeronBus;
import dev.continuo.benchmarks.ChildJvm;
import dev.continuo.benchmarks.WorkFolder;
import dev.continuo.config.Profile;
import dev.continuo.hardware.linux.RealTime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The measured process: has the flags of the role {@code control}, runs the loops of one case, and tells the figures as JSON. */
final class ArmsProcess {
    private static final int WARM_UP_CYCLES = 20_000;
    /** The motors' answers must not wait for the garbage collector or the compiler of a starved process either. */
    private static final int CELL_NICENESS = -20;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> CELL_FLAGS = List.of("-XX:+UseSerialGC", "-Xms128m", "-Xmx512m");

    private ArmsProcess() {
    }

    /**
     * Measures one case.
     *
     * @param arguments the {@link LoopCase}
     */
    public static void main(final String[] arguments) {
        ChildJvm.endWithParent();
        try {
            final LoopFigures figures = run(LoopCase.of(arguments));
            ChildJvm.tellReady(new ObjectMapper().writeValueAsString(figures));
        } catch (final Exception failure) {
            // The last line is what the parent tells.
            System.out.println(String.valueOf(failure.getMessage()).lines().findFirst().orElse(failure.toString()));
            Runtime.getRuntime().halt(1);
        }
    }

    private static LoopFigures run(final LoopCase loop) throws IOException, InterruptedException {
        if (loop.realTime()) {
            RealTime.lockMemory();
        }
        try (WorkFolder folder = WorkFolder.create()) {
            return run(loop, folder.path());
        }
    }

    private static LoopFigures run(final LoopCase loop, final Path folder) throws InterruptedException {
        final Profile profile = LoopCase.profile(loop.profile(), loop.rateHz(), folder);
        try (AeronBus bus = AeronBus.launch(profile.bus(), _ -> { });
             ChildJvm cell = ChildJvm.start("the simulated cell", CellProcess.class, CELL_NICENESS, CELL_FLAGS,
                 List.of(loop.profile(), Integer.toString(loop.rateHz()), folder.toString()), PATIENCE)) {
            WarmUp.run(profile, WARM_UP_CYCLES);
            try (ArmsRig rig = new ArmsRig(profile, bus, loop.realTime()); ChildJvm load = LoadProcess.start(loop.loadThreads(), PATIENCE)) {
                rig.play();
                final LoopFigures figures = rig.measure(loop, profile.arms().getFirst().rateHz());
                cell.requireAlive();
                if (load != null) {
                    load.requireAlive();
                }
                return figures;
            }
        }
    }
}
