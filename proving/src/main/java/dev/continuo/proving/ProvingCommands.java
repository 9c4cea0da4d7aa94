package dev.continuo.proving;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.continuo.config.ProfileException;
import dev.continuo.supervision.command.ExitStatus;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line's verb of this room: {@code simulate}. */
@Command(name = "continuo", subcommands = SimulateCommand.class, synopsisSubcommandLabel = "VERB", description = "The whole service, simulated.", mixinStandardHelpOptions = true)
public final class ProvingCommands implements Runnable {
    @Spec
    private CommandSpec spec;

    /** Runs the verb; exits with 0, with 1 when something happened that must not, with 2 for bad usage. */
    public static void main(final String[] arguments) {
        // Set before the first logger is made: the role names the log file.
        System.setProperty("continuo.role", "simulate");
        // What a thousand services would say in a minute nobody could read.
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
        System.exit(execute(new PrintWriter(System.out, true, StandardCharsets.UTF_8), new PrintWriter(System.err, true, StandardCharsets.UTF_8), arguments));
    }

    /** Runs a command line and returns its exit status; what is wrong is told in one line. */
    static int execute(final PrintWriter out, final PrintWriter err, final String... arguments) {
        return new CommandLine(new ProvingCommands()).setOut(out).setErr(err)
            .setParameterExceptionHandler((wrong, _) -> tell(err, wrong, ExitStatus.USAGE))
            .setExecutionExceptionHandler((failure, _, _) -> tell(err, failure, failure instanceof ProfileException || failure instanceof UncheckedIOException ? ExitStatus.USAGE : ExitStatus.FAILED))
            .execute(arguments);
    }

    private static int tell(final PrintWriter err, final Exception wrong, final int status) {
        err.println("continuo: " + String.valueOf(wrong.getMessage()).lines().findFirst().orElse(wrong.getClass().getSimpleName()) + (wrong instanceof ParameterException ? " (see --help)" : ""));
        err.flush();
        return status;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which verb? There is simulate");
    }
}
