package dev.continuo.supervision.command;

import dev.continuo.supervision.install.ServiceInstallation;
import dev.continuo.supervision.install.SystemTools;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code continuo uninstall}: takes the service out of the operating system. */
@Command(name = "uninstall", mixinStandardHelpOptions = true, description = {
    "Stop the systemd service and remove its unit.",
    "The site's configuration and what runs left behind are kept."})
final class UninstallCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--root", paramLabel = "DIR", defaultValue = "/", description = "a folder in which a system is prepared (default: ${DEFAULT-VALUE})")
    private Path root;

    @Override
    public Integer call() {
        new ServiceInstallation(root.toAbsolutePath().normalize(), new SystemTools()).uninstall().forEach(spec.commandLine().getOut()::println);
        return ExitStatus.SUCCESS;
    }
}
