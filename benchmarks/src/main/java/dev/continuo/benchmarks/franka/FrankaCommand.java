package dev.continuo.benchmarks.franka;

import dev.continuo.benchmarks.ChildJvm;
import dev.continuo.benchmarks.Circumstances;
import dev.continuo.benchmarks.Output;
import dev.continuo.benchmarks.RealTimePermission;
import dev.continuo.benchmarks.Seconds;
import dev.continuo.benchmarks.WorkFolder;
import dev.continuo.benchmarks.loop.LoadProcess;
import dev.continuo.config.ProfileException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench franka}: how well our client keeps up with a robot that wants a command each millisecond, beside a C program that only echoes. */
@Command(name = "franka", mixinStandardHelpOptions = true,
    description = "The 1 kHz loop of a Franka against the simulated one, beside a C program that only echoes.")
public final class FrankaCommand implements Callable<Integer> {
    private static final List<String> ROBOT_FLAGS = List.of("-XX:+UseSerialGC", "-Xms256m", "-Xmx256m", "-Xmn192m", "-XX:+AlwaysPreTouch");
    /** Threads under SCHED_FIFO still wait for the JVM's own at a safepoint: these must not starve. */
    private static final int ROBOT_NICENESS = -20;
    private static final int CLIENT_NICENESS = -15;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MOST = 256;
    private static final int CYCLE_NANOS = 1_000_000;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Output output;

    @Option(names = "--seconds", paramLabel = "S", defaultValue = "15", description = "how long each round is measured (default: ${DEFAULT-VALUE})")
    private double seconds;

    @Option(names = "--warm-up", paramLabel = "S", defaultValue = "10",
        description = "how long the arm moves before, so that the compiler settles (default: ${DEFAULT-VALUE})")
    private double warmUp;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "2", description = "rounds of each client, in turns (default: ${DEFAULT-VALUE})")
    private int rounds;

    @Option(names = "--load", paramLabel = "N", defaultValue = "2",
        description = "busy tensor threads in another process, as a brain would be (default: ${DEFAULT-VALUE})")
    private int load;

    @Option(names = "--cc", paramLabel = "COMPILER", defaultValue = "cc",
        description = "the C compiler for the peer; none to do without (default: ${DEFAULT-VALUE})")
    private String compiler;

    /** For picocli. */
    public FrankaCommand() {
    }

    @Override
    public Integer call() throws IOException {
        output.check();
        final int cycles = cycles("--seconds", seconds);
        final int warmUpCycles = cycles("--warm-up", warmUp);
        within("--rounds", rounds, 1);
        within("--load", load, 0);
        final Circumstances circumstances = Circumstances.now();
        final LoopRecord ours = new LoopRecord();
        final LoopRecord peer = new LoopRecord();
        final boolean compared = !"none".equals(compiler);
        try (WorkFolder folder = WorkFolder.create();
             ChildJvm robot = ChildJvm.start("the simulated robot", RobotProcess.class, ROBOT_NICENESS, ROBOT_FLAGS, List.of(), PATIENCE)) {
            final int port = Integer.parseInt(robot.detail());
            final Path file = folder.path().resolve("round");
            final EchoProgram echo = compared ? EchoProgram.compile(compiler, folder.path()) : null;
            try (ChildJvm busy = LoadProcess.start(load, PATIENCE)) {
                for (int round = 0; round < rounds; round++) {
                    runOurs(port, warmUpCycles, cycles, file);
                    ours.add(RoundFile.read(file));
                    if (compared) {
                        echo.run(port, warmUpCycles, cycles, file);
                        peer.add(RoundFile.read(file));
                    }
                    robot.requireAlive();
                }
                if (busy != null) {
                    busy.requireAlive();
                }
            }
        }
        final List<ClientFigures> figures = new ArrayList<>(List.of(ours.figures("continuo")));
        if (compared) {
            figures.add(peer.figures("C echo"));
        }
        final FrankaReport report = new FrankaReport(circumstances, RealTimePermission.ask(ClientProcess.PRIORITY).text(), load, figures);
        spec.commandLine().getOut().print(report.text());
        output.write(report);
        return 0;
    }

    private static void runOurs(final int port, final int warmUpCycles, final int cycles, final Path file) {
        ChildJvm.start("our client", ClientProcess.class, CLIENT_NICENESS, ChildJvm.CONTROL_FLAGS,
            List.of(Integer.toString(port), Integer.toString(warmUpCycles), Integer.toString(cycles), file.toString()),
            PATIENCE.plusMillis(2L * (warmUpCycles + cycles))).close();
    }

    private static int cycles(final String option, final double value) {
        return Math.max(1, Math.toIntExact(Seconds.nanos(option, value) / CYCLE_NANOS));
    }

    private static void within(final String option, final int value, final int least) {
        if (value < least || value > MOST) {
            throw new ProfileException(option + " " + value + ": must be between " + least + " and " + MOST);
        }
    }
}
