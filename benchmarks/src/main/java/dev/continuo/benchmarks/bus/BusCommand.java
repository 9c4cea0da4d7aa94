package dev.continuo.benchmarks.bus;

import dev.continuo.benchmarks.Output;
import dev.continuo.benchmarks.Seconds;
import dev.continuo.benchmarks.WorkFolder;
import dev.continuo.config.ProfileException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench bus}: round trips between two processes over the bus, a TCP socket and ZeroMQ. */
@Command(name = "bus", mixinStandardHelpOptions = true,
    description = "Round trips of a 64-byte message and of a 320x240 picture between two processes: Aeron IPC, TCP and ZeroMQ side by side.")
public final class BusCommand implements Callable<Integer> {
    private static final int SHORTEST = 16;
    private static final int LONGEST = 512 * 1024;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Output output;

    @Option(names = "--bytes", paramLabel = "N", split = ",", defaultValue = "64,230400",
        description = "lengths of messages (default: ${DEFAULT-VALUE}; 230400 is a picture of 320x240x3)")
    private List<Integer> bytes;

    @Option(names = "--seconds", paramLabel = "S", defaultValue = "2",
        description = "how long to measure each transport and length (default: ${DEFAULT-VALUE})")
    private double seconds;

    @Option(names = "--warm-up", paramLabel = "S", defaultValue = "1",
        description = "how long to warm each up before (default: ${DEFAULT-VALUE})")
    private double warmUp;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "4",
        description = "turns that the transports take (default: ${DEFAULT-VALUE})")
    private int rounds;

    @Option(names = "--idle", paramLabel = "HOW", defaultValue = "YIELDING",
        description = "what polling processes do in between: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private Idle idle;

    /** For picocli. */
    public BusCommand() {
    }

    @Override
    public Integer call() throws IOException {
        output.check();
        final long nanos = Seconds.nanos("--seconds", seconds);
        final long warmUpNanos = Seconds.nanos("--warm-up", warmUp);
        if (rounds < 1 || rounds > 1000) {
            throw new ProfileException("--rounds " + rounds + ": must be between 1 and 1000");
        }
        for (final int length : bytes) {
            if (length < SHORTEST || length > LONGEST) {
                throw new ProfileException("--bytes " + length + ": must be between " + SHORTEST + " and " + LONGEST);
            }
        }
        final BusReport report;
        try (WorkFolder folder = WorkFolder.create();
             BusBenchmark benchmark = new BusBenchmark(folder.path().resolve("bus"), idle, List.of(Transport.values()),
                 bytes.stream().mapToInt(Integer::intValue).toArray())) {
            report = benchmark.run(warmUpNanos, nanos, rounds);
        }
        spec.commandLine().getOut().print(report.text());
        output.write(report);
        return 0;
    }
}
