package dev.continuo.simulation;

import dev.continuo.simulation.franka.SimulateFrankaCommand;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line's verb of this room: {@code simulate}, which lets a simulated robot stand where a real one would. */
@Command(name = "continuo", subcommands = SimulationCommands.Simulate.class, synopsisSubcommandLabel = "VERB",
    description = "Simulated robots.", mixinStandardHelpOptions = true)
public final class SimulationCommands implements Runnable {
    @Spec
    private CommandSpec spec;

    /** Runs the verb; exits with 0, with 1 when it fails, with 2 for bad usage. */
    public static void main(final String[] arguments) {
        System.exit(execute(new PrintWriter(System.out, true, StandardCharsets.UTF_8),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8), arguments));
    }

    /** Runs a command line and returns its exit status; what is wrong is told in one line. */
    static int execute(final PrintWriter out, final PrintWriter err, final String... arguments) {
        return new CommandLine(new SimulationCommands()).setOut(out).setErr(err)
            .setParameterExceptionHandler((wrong, _) -> tell(err, wrong, ExitCode.USAGE))
            .setExecutionExceptionHandler((failure, _, _) -> tell(err, failure, failure instanceof UncheckedIOException ? ExitCode.USAGE : ExitCode.SOFTWARE))
            .execute(arguments);
    }

    private static int tell(final PrintWriter err, final Exception wrong, final int status) {
        err.println("continuo: " + String.valueOf(wrong.getMessage()).lines().findFirst().orElse(wrong.getClass().getSimpleName())
            + (wrong instanceof ParameterException ? " (see --help)" : ""));
        err.flush();
        return status;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which verb? There is simulate");
    }

    /** The verb. */
    @Command(name = "simulate", subcommands = SimulateFrankaCommand.class, synopsisSubcommandLabel = "WHAT", mixinStandardHelpOptions = true,
        description = "Let a simulated robot stand where a real one would.")
    static final class Simulate implements Runnable {
        @Spec
        private CommandSpec spec;

        @Override
        public void run() {
            throw new ParameterException(spec.commandLine(), "which robot? There is franka");
        }
    }
}
