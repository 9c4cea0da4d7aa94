package dev.continuo.supervision.command;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root of the command line: knows the verbs and how their failures are told. */
@Command(
    name = "continuo",
    description = "A robot-side real-time runtime for vision-language-action policies.",
    synopsisSubcommandLabel = "VERB",
    subcommands = {RunCommand.class, RecordCommand.class, EpisodesCommand.class, ReplayCommand.class, ExportCommand.class, StatusCommand.class, TopCommand.class, ReasonCommand.class, DoctorCommand.class, ConfigCommand.class, InstallCommand.class, UninstallCommand.class, NewCommand.class, RoleCommand.class,
        VersionCommand.class, HelpCommand.class},
    footer = {"", "Further verbs: evaluate, results, train, fine-tune, bench and simulate; each knows --help.",
        "Exit status: 0 success, 1 a failed run, 2 bad usage or configuration."})
public final class CommandLineSetup implements Runnable {
    @Spec
    private CommandSpec spec;

    /** For picocli. */
    public CommandLineSetup() {
    }

    /** Runs a command line against standard output and error. */
    public static int execute(final String... arguments) {
        // Set before the first logger is made: the role names the log file.
        System.setProperty("continuo.role", logName(arguments));
        // OpenTelemetry logs by the JDK's own logger, which would write to the terminal.
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        return execute(new PrintWriter(System.out, true, StandardCharsets.UTF_8), new PrintWriter(System.err, true, StandardCharsets.UTF_8),
            arguments);
    }

    /** Runs a command line and returns its exit status. */
    static int execute(final PrintWriter out, final PrintWriter err, final String... arguments) {
        final OneLine oneLine = new OneLine();
        try {
            return new CommandLine(new CommandLineSetup())
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(oneLine)
                .setParameterExceptionHandler(oneLine)
                .execute(arguments);
        } finally {
            out.flush();
            err.flush();
        }
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which verb? One of run, record, episodes, replay, export, status, top, reason, doctor, config, install, uninstall, new, version, evaluate, results, train, fine-tune, bench, simulate");
    }

    private static String logName(final String... arguments) {
        if (arguments.length == 0) {
            return "tool";
        }
        return switch (arguments[0]) {
            case "run", "record" -> "control";
            case "role" -> arguments.length > 1 ? arguments[1].replaceAll("\\W", "") : "tool";
            default -> "tool";
        };
    }
}
