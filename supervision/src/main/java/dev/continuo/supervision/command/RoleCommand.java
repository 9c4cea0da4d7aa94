package dev.continuo.supervision.command;

import dev.continuo.config.Profile;
import dev.continuo.supervision.process.ParentWatch;
import dev.continuo.supervision.roles.BrainRole;
import dev.continuo.supervision.roles.CellRole;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code continuo role brain|cell}: what {@code run} starts as child processes. */
@Command(name = "role", hidden = true, mixinStandardHelpOptions = true,
    description = "Run one role of the service; ends with its standard input.")
final class RoleCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "ROLE", description = "brain or cell")
    private String role;

    @Mixin
    private ProfileOptions profile;

    @Option(names = "--incarnation", defaultValue = "1", description = "how often it was started, this time included")
    private int incarnation;

    @Override
    public Integer call() {
        Signals.leaveToParent();
        ParentWatch.start(System.in, () -> Runtime.getRuntime().halt(ExitStatus.SUCCESS));
        final Profile read = profile.read();
        return switch (role) {
            case "brain" -> BrainRole.run(read, ProfileOptions.modelDirectory(read), incarnation);
            case "cell" -> CellRole.run(read);
            default -> throw new ParameterException(spec.commandLine(), "no role " + role + " runs by itself: brain or cell");
        };
    }
}
