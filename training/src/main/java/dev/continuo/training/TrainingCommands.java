package dev.continuo.training;

import dev.continuo.config.ProfileException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line's verbs of this room: {@code train} and {@code evaluate}. */
@Command(name = "continuo", subcommands = {TrainCommand.class, EvaluateCommand.class},
    description = "Training and evaluation.", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND")
public final class TrainingCommands implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(TrainingCommands.class);

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    /** Runs a verb; exits with 0, with 1 for a failed run, with 2 for bad usage or configuration. */
    public static void main(final String[] arguments) {
        System.exit(execute(arguments));
    }

    /** Runs a verb and returns its exit status. */
    public static int execute(final String... arguments) {
        return new CommandLine(new TrainingCommands())
            .setExecutionExceptionHandler((failure, command, parsed) -> {
                command.getErr().println("continuo: " + failure.getMessage());
                LOG.error("command failed", failure);
                return failure instanceof ProfileException ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
            })
            .execute(arguments);
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Missing command");
    }
}
