package dev.continuo.training;

import dev.continuo.config.ProfileException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line's verbs of this room: {@code train}, {@code evaluate} and {@code results}. */
@Command(name = "continuo", subcommands = {TrainCommand.class, FineTuneCommand.class, EvaluateCommand.class, ResultsCommand.class},
    description = "Training and evaluation.", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND")
public final class TrainingCommands implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    /** Runs a verb; exits with 0, with 1 for a failed run, with 2 for bad usage or configuration. */
    public static void main(final String[] arguments) {
        // Set before the first logger is made: the role names the log file.
        System.setProperty("continuo.role", arguments.length > 0 ? arguments[0].replaceAll("\\W", "") : "tool");
        System.exit(execute(arguments));
    }

    /** Runs a verb and returns its exit status; what is wrong is told in one line, the stack trace goes to the log. */
    public static int execute(final String... arguments) {
        return new CommandLine(new TrainingCommands())
            .setParameterExceptionHandler((wrong, parsed) -> {
                wrong.getCommandLine().getErr().println("continuo: " + firstLine(wrong) + " (see --help)");
                return CommandLine.ExitCode.USAGE;
            })
            .setExecutionExceptionHandler((failure, command, parsed) -> {
                command.getErr().println("continuo: " + firstLine(failure));
                LoggerFactory.getLogger(TrainingCommands.class).error("command failed", failure);
                return failure instanceof ProfileException ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
            })
            .execute(arguments);
    }

    private static String firstLine(final Exception failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse(failure.getClass().getSimpleName());
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "which verb? train or evaluate");
    }
}
