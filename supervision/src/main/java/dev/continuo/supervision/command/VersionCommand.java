package dev.continuo.supervision.command;

import dev.continuo.supervision.report.Provenance;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code continuo version}: what is installed and what it runs on. */
@Command(name = "version", description = "Print the versions of Continuo, its commit and the JDK.", mixinStandardHelpOptions = true)
final class VersionCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        final Provenance provenance = Provenance.of(Installation.home());
        spec.commandLine().getOut().println("continuo " + provenance.version() + " (commit " + provenance.commit() + "), JDK "
            + Runtime.version() + ", " + provenance.machine());
        return ExitStatus.SUCCESS;
    }
}
