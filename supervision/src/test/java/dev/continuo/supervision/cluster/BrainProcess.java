package dev.continuo.supervision.cluster;

import dev.continuo.config.ClusterProfile;
import dev.continuo.config.ProfileReader;
import dev.continuo.supervision.process.ParentWatch;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A member of the cluster in a process of its own, so that it can be killed as a real one is. */
final class BrainProcess implements AutoCloseable {
    private final Process process;

    private BrainProcess(final Process process) {
        this.process = process;
    }

    /** Starts a member of a cluster; it joins by itself. */
    static BrainProcess start(final ClusterProfile cluster) throws IOException {
        final List<String> command = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java")));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments().stream().filter(BrainProcess::opensAccess).toList());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), BrainProcess.class.getName(), cluster.host(),
            Integer.toString(cluster.controlPort()), Integer.toString(cluster.brainPort()), Integer.toString(cluster.cellPort())));
        return new BrainProcess(new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD).start());
    }

    /** Ends it without a word to the others. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            throw new AssertionError("process " + process.pid() + " survived being killed");
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** The process: a member with the ports that the arguments give, until its parent ends. */
    public static void main(final String[] args) {
        ParentWatch.start(System.in, () -> Runtime.getRuntime().halt(0));
        Systems.member(ProfileReader.read("arx-sim").withCluster(new ClusterProfile(
            args[0], Integer.parseInt(args[1]), Integer.parseInt(args[2]), Integer.parseInt(args[3]), Optional.empty())), RoleName.BRAIN);
    }

    private static boolean opensAccess(final String argument) {
        return argument.startsWith("--add-opens") || argument.startsWith("--enable-native") || argument.startsWith("--sun-misc");
    }
}
