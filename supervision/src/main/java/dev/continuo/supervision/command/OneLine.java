package dev.continuo.supervision.command;

import dev.continuo.config.ProfileException;
import java.io.PrintWriter;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Tells every failure in one line on standard error; the stack trace goes to the log. */
final class OneLine implements IExecutionExceptionHandler, IParameterExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(OneLine.class);

    @Override
    public int handleExecutionException(final Exception failure, final CommandLine command, final ParseResult parsed) {
        return tell(failure, command.getErr());
    }

    @Override
    public int handleParseException(final ParameterException failure, final String[] arguments) {
        final CommandLine command = failure.getCommandLine();
        return tell(failure, command.getErr());
    }

    /** Writes the line and returns the exit status. */
    static int tell(final Throwable failure, final PrintWriter err) {
        final Throwable cause = unwrapped(failure);
        LOG.error("ended", cause);
        err.println("continuo: " + line(cause));
        err.flush();
        return status(cause);
    }

    static int status(final Throwable failure) {
        return switch (unwrapped(failure)) {
            case ProfileException profile -> ExitStatus.USAGE;
            case ParameterException usage -> ExitStatus.USAGE;
            default -> ExitStatus.FAILED;
        };
    }

    private static String line(final Throwable failure) {
        final String message = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        return switch (failure) {
            case ProfileException profile -> message;
            case RunFailure run -> message;
            case ParameterException usage -> message + " (see " + usage.getCommandLine().getCommandSpec().qualifiedName() + " --help)";
            default -> "failed: " + failure.getClass().getSimpleName() + ": " + message
                + " (more in the log, " + Installation.logFile() + ")";
        };
    }

    private static Throwable unwrapped(final Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
