package dev.continuo.supervision.process;

import dev.continuo.supervision.cluster.RoleName;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts a role of the service as a process of its own: the same JDK and class path as this one, with the role's flags.
 *
 * <p>The launcher names the JDK in {@code CONTINUO_JAVA} and each role's flags in {@code CONTINUO_FLAGS_BRAIN} and so on; without a
 * launcher it is this process's own JDK and no flags.
 */
public final class RoleProcess implements ProcessStarter {
    private static final String MAIN_CLASS = "dev.continuo.supervision.Continuo";
    private static final int BRAIN_NICENESS = 5;
    /** Where logs go to standard output, those of child roles do too. */
    private static final String JOURNAL = "journal";
    private static final List<Path> NICE = List.of(Path.of("/usr/bin/nice"), Path.of("/bin/nice"));
    private static final List<String> HEAP_FLAGS = List.of("-Xm", "-XX:+Use", "-XX:+AlwaysPreTouch", "-XX:AOTCache",
        "-XX:SharedArchiveFile",
        "-Dcontinuo.role", "-agentlib");

    private final RoleName role;
    private final List<String> arguments;

    /**
     * A role's process.
     *
     * @param arguments what follows {@code role NAME} on its command line
     */
    public RoleProcess(final RoleName role, final List<String> arguments) {
        this.role = role;
        this.arguments = List.copyOf(arguments);
    }

    @Override
    public Process start(final int incarnation) throws IOException {
        return new ProcessBuilder(command(incarnation))
            .redirectOutput(JOURNAL.equals(System.getenv("CONTINUO_LOG")) ? Redirect.INHERIT : Redirect.DISCARD)
            .start();
    }

    /** The whole command line. */
    List<String> command(final int incarnation) {
        final List<String> command = new ArrayList<>();
        if (role == RoleName.BRAIN) {
            // On few cores the control cycles come first; a late chunk costs rows, a late command costs smoothness.
            NICE.stream().filter(Files::isExecutable).findFirst()
                .ifPresent(nice -> command.addAll(List.of(nice.toString(), "-n", Integer.toString(BRAIN_NICENESS))));
        }
        command.add(java());
        command.addAll(inheritedFlags());
        command.addAll(ownFlags());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN_CLASS, "role", role.id()));
        command.addAll(arguments);
        command.addAll(List.of("--incarnation", Integer.toString(incarnation)));
        return command;
    }

    private static String java() {
        final String named = System.getenv("CONTINUO_JAVA");
        return named != null ? named : System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
    }

    /** The flags of this process that every role needs: access to internals, system properties; not its heap. */
    private static List<String> inheritedFlags() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(flag -> HEAP_FLAGS.stream().noneMatch(flag::startsWith))
            .toList();
    }

    private List<String> ownFlags() {
        final String named = System.getenv("CONTINUO_FLAGS_" + role.name());
        if (named != null && !named.isBlank()) {
            return List.of(named.strip().split("\\s+"));
        }
        return List.of();
    }
}
