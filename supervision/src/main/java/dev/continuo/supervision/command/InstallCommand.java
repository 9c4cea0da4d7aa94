package dev.continuo.supervision.command;

import dev.continuo.config.ProfileReader;
import dev.continuo.supervision.install.ServiceInstallation;
import dev.continuo.supervision.install.ServiceUnit;
import dev.continuo.supervision.install.SystemTools;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code continuo install}: this installation as a service of the operating system. */
@Command(name = "install", mixinStandardHelpOptions = true, description = {
    "Install this Continuo as a systemd service that starts with the computer.",
    "Writes the unit, a user for it and /etc/continuo/site.conf, which is kept if it is there."})
final class InstallCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--profile", paramLabel = "NAME", description = "start the service of this profile now and with the computer (default: start nothing)")
    private String profile;

    @Option(names = "--root", paramLabel = "DIR", defaultValue = "/", description = "a folder in which a system is prepared: only files are written (default: ${DEFAULT-VALUE})")
    private Path root;

    @Override
    public Integer call() {
        if (profile != null) {
            ProfileReader.read(profile);
        }
        final ServiceInstallation installation = new ServiceInstallation(root.toAbsolutePath().normalize(), new SystemTools());
        final PrintWriter out = spec.commandLine().getOut();
        installation.install(Installation.home(), Path.of(System.getProperty("java.home"))).forEach(out::println);
        if (profile == null) {
            out.println("start it with: systemctl enable --now " + ServiceUnit.instance("PROFILE"));
        } else {
            installation.enable(profile);
            out.println("started " + ServiceUnit.instance(profile) + "; see: continuo status --profile " + profile + ", journalctl -u " + ServiceUnit.instance(profile));
        }
        return ExitStatus.SUCCESS;
    }
}
