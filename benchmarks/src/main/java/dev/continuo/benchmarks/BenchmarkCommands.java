package dev.continuo.benchmarks;

import dev.continuo.benchmarks.bus.BusCommand;
import dev.continuo.benchmarks.faults.FaultsCommand;
import dev.continuo.benchmarks.franka.FrankaCommand;
import dev.continuo.benchmarks.fuzz.FuzzCommand;
import dev.continuo.benchmarks.loop.LoopCommand;
import dev.continuo.benchmarks.micro.MicroCommand;
import dev.continuo.benchmarks.model.ModelCommand;
import dev.continuo.benchmarks.stutter.StutterCommand;
import dev.continuo.benchmarks.watching.WatchingCommand;
import dev.continuo.config.ProfileException;
import dev.continuo.supervision.command.Installation;
import dev.continuo.supervision.command.RunFailure;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line's verb of this room: {@code bench}. */
@Command(name = "continuo", subcommands = BenchmarkCommands.Bench.class, synopsisSubcommandLabel = "VERB",
    description = "Measurements beside peers.", mixinStandardHelpOptions = true)
public final class BenchmarkCommands implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(BenchmarkCommands.class);

    @Spec
    private CommandSpec spec;

    /** For picocli. */
    public BenchmarkCommands() {
    }

    /** Runs a benchmark; exits with 0, with 1 for a failed run, with 2 for bad usage or configuration. */
    public static void main(final String[] arguments) {
        System.exit(execute(new PrintWriter(System.out, true, StandardCharsets.UTF_8),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8), arguments));
    }

    /** Runs a command line and returns its exit status. */
    static int execute(final PrintWriter out, final PrintWriter err, final String... arguments) {
        final int status = new CommandLine(new BenchmarkCommands())
            .setOut(out)
            .setErr(err)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setParameterExceptionHandler((usage, _) -> tell(usage, err))
            .setExecutionExceptionHandler((failure, _, _) -> tell(failure, err))
            .execute(arguments);
        out.flush();
        return status;
    }

    /** One line on standard error, the stack trace in the log. */
    private static int tell(final Exception failure, final PrintWriter err) {
        LOG.error("ended", failure);
        final String message = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        err.println("continuo: " + switch (failure) {
            case ProfileException profile -> message;
            case RunFailure run -> message;
            case ParameterException usage -> message + " (see " + usage.getCommandLine().getCommandSpec().qualifiedName() + " --help)";
            default -> "failed: " + failure.getClass().getSimpleName() + ": " + message + " (more in the log, " + Installation.logFile() + ")";
        });
        err.flush();
        return failure instanceof ProfileException || failure instanceof ParameterException ? ExitCode.USAGE : ExitCode.SOFTWARE;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which verb? There is bench");
    }

    /** The verb. */
    @Command(name = "bench", subcommands = {BusCommand.class, LoopCommand.class, FrankaCommand.class, FaultsCommand.class, FuzzCommand.class, ModelCommand.class, MicroCommand.class, StutterCommand.class, WatchingCommand.class},
        synopsisSubcommandLabel = "WHAT", mixinStandardHelpOptions = true,
        description = "Measure the bus, the control loops, the model or all of it, beside what one would use instead.")
    static final class Bench implements Runnable {
        @Spec
        private CommandSpec spec;

        @Override
        public void run() {
            throw new ParameterException(spec.commandLine(), "which benchmark? One of bus, loop, franka, faults, fuzz, model, micro, stutter, watching");
        }
    }
}
