package dev.continuo.supervision.doctor;

import dev.continuo.actors.agent.Policies;
import dev.continuo.config.ArmProfile;
import dev.continuo.config.DriverProfile;
import dev.continuo.config.Profile;
import dev.continuo.config.ProfileException;
import dev.continuo.hardware.can.CanInterfaces;
import dev.continuo.hardware.kinematics.ArmChains;
import dev.continuo.perception.sensor.Sensors;
import dev.continuo.perception.v4l2.VideoDevices;
import dev.continuo.supervision.cluster.Ports;
import dev.continuo.supervision.roles.ModelFiles;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** Looks at everything that the service wants of a machine. */
public final class MachineCheck {
    private static final long MEBIBYTE = 1024L * 1024;
    private static final long LEAST_MEMORY_MEBIBYTES = 3072;
    private static final long LEAST_SHARED_MEBIBYTES = 512;
    private static final int LEAST_CORES = 2;

    private MachineCheck() {
    }

    /**
     * Looks at this machine.
     *
     * @param modelDirectory the profile's model, resolved
     * @param runs           where runs are kept
     */
    public static List<Finding> run(final Profile profile, final Path modelDirectory, final Path runs) {
        final MachineFiles files = new MachineFiles(Path.of("/"));
        final List<Finding> findings = new ArrayList<>();
        findings.add(jdk(Runtime.version().feature()));
        findings.add(RealTimeCheck.scheduling());
        findings.add(memoryLocking(files));
        findings.add(governor(files));
        findings.add(kernel(files));
        findings.add(realTimeThrottling(files));
        findings.add(sharedMemory(profile.bus().directory()));
        findings.add(memory(files));
        findings.add(cores(Runtime.getRuntime().availableProcessors()));
        findings.add(NativesCheck.tensors());
        findings.add(model(profile, modelDirectory));
        findings.addAll(plugins(profile));
        findings.add(ports(profile));
        findings.add(RecordingCheck.room(profile, runs));
        findings.addAll(cameras(VideoDevices.find()));
        findings.addAll(UsbCheck.cameras(files, profile.cameras()));
        findings.addAll(CanCheck.interfaces(CanInterfaces.find(), profile.arms()));
        return findings;
    }

    static Finding jdk(final int feature) {
        final String found = "JDK " + Runtime.version() + " (" + System.getProperty("java.vendor") + ")";
        return feature >= 25 ? Finding.ok("JDK", found) : Finding.warn("JDK", found, "install a JDK 25 or newer and point JAVA_HOME at it");
    }

    static Finding memoryLocking(final MachineFiles files) {
        final String limit = files.limit("Max locked memory").orElse("unknown");
        if (limit.equals("unlimited") || isRoot(files)) {
            return Finding.ok("memory locking", limit.equals("unlimited") ? "unlimited" : "permitted to root");
        }
        return Finding.warn("memory locking", "limited to " + limit + " bytes",
            "add '@realtime - memlock unlimited' to /etc/security/limits.conf and log in again");
    }

    private static boolean isRoot(final MachineFiles files) {
        return files.read("proc/self/status").map(status -> status.lines().anyMatch(line -> line.matches("Uid:\\s+\\d+\\s+0\\s.*")))
            .orElse(false);
    }

    static Finding governor(final MachineFiles files) {
        return files.read("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor")
            .map(governor -> governor.equals("performance") ? Finding.ok("CPU governor", governor)
                : Finding.warn("CPU governor", governor, "sudo cpupower frequency-set -g performance"))
            .orElseGet(() -> Finding.ok("CPU governor", "none to be set (a virtual machine, or fixed frequency)"));
    }

    static Finding kernel(final MachineFiles files) {
        final String version = files.read("proc/version").orElse("unknown");
        final boolean fullyPreemptible = files.read("sys/kernel/realtime").map("1"::equals).orElse(version.contains("PREEMPT_RT"));
        final String release = files.read("proc/sys/kernel/osrelease").orElse("unknown");
        return fullyPreemptible ? Finding.ok("kernel", release + ", PREEMPT_RT")
            : Finding.warn("kernel", release + (version.contains("PREEMPT_DYNAMIC") ? ", PREEMPT_DYNAMIC" : ", not PREEMPT_RT"),
                "for 1 kHz arms install a PREEMPT_RT kernel (Debian: apt-get install linux-image-rt-amd64); 500 Hz does without");
    }

    static Finding realTimeThrottling(final MachineFiles files) {
        final String runtime = files.read("proc/sys/kernel/sched_rt_runtime_us").orElse("unknown");
        final String period = files.read("proc/sys/kernel/sched_rt_period_us").orElse("unknown");
        return Finding.ok("real-time throttling", runtime.equals("-1") ? "off" : "after " + runtime + " us of every " + period
            + " us: no matter, no control thread spins");
    }

    static Finding sharedMemory(final Path busDirectory) {
        final Path folder = busDirectory.toAbsolutePath().getParent();
        try {
            final FileStore store = Files.getFileStore(folder);
            final String found = String.format(Locale.ROOT, "%s: %s, %d MiB of %d free", folder, store.type(),
                store.getUsableSpace() / MEBIBYTE, store.getTotalSpace() / MEBIBYTE);
            if (!store.type().equals("tmpfs")) {
                return Finding.warn("shared memory", found,
                    "let bus.directory lie on a tmpfs such as /dev/shm, else streams touch the disk");
            }
            return store.getUsableSpace() / MEBIBYTE >= LEAST_SHARED_MEBIBYTES ? Finding.ok("shared memory", found)
                : Finding.warn("shared memory", found, "sudo mount -o remount,size=1G " + folder + " (in a container: --shm-size=1g)");
        } catch (final IOException absent) {
            return Finding.warn("shared memory", folder + " is not there", "mount a tmpfs there, or set bus.directory");
        }
    }

    static List<Finding> plugins(final Profile profile) {
        final List<Finding> findings = new ArrayList<>();
        for (final ArmProfile arm : profile.arms()) {
            if (arm.driver() instanceof DriverProfile.Plugin) {
                findings.add(plugin("arm " + arm.name(), () -> "of type " + arm.model() + ", from a plugin: " + ArmChains.of(arm.driver()).jointCount() + " joints and a gripper"));
            }
        }
        profile.sensors().forEach(sensor -> findings.add(plugin("sensor " + sensor.name(), () -> "of kind " + Sensors.kind(sensor).name())));
        if (!profile.policy().isModel()) {
            findings.add(plugin("policy", () -> Policies.kind(profile.policy()).name() + ", from a plugin"));
        }
        return findings;
    }

    private static Finding plugin(final String subject, final Supplier<String> found) {
        try {
            return Finding.ok(subject, found.get());
        } catch (final ProfileException absent) {
            return Finding.warn(subject, absent.getMessage(), "put the plugin's jar where CONTINUO_PLUGINS says, or into plugins/ beside the launcher");
        }
    }

    static List<Finding> cameras(final List<VideoDevices.Found> found) {
        if (found.isEmpty()) {
            return List.of(Finding.ok("cameras", "none on this computer (no /dev/video that can be opened); MJPEG over HTTP needs none"));
        }
        return found.stream().map(camera -> Finding.ok("camera " + camera.device(),
            camera.name() + " at " + camera.bus() + ": " + String.join("; ", camera.formats()))).toList();
    }

    static Finding memory(final MachineFiles files) {
        final long availableMebibytes = files.read("proc/meminfo").map(text -> text.lines()
            .filter(line -> line.startsWith("MemAvailable:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024).findFirst().orElse(0)).orElse(0L);
        final String found = availableMebibytes + " MiB available";
        return availableMebibytes >= LEAST_MEMORY_MEBIBYTES ? Finding.ok("memory", found)
            : Finding.warn("memory", found, "the service wants " + LEAST_MEMORY_MEBIBYTES + " MiB; end other programs");
    }

    static Finding cores(final int cores) {
        return cores >= LEAST_CORES ? Finding.ok("cores", Integer.toString(cores))
            : Finding.warn("cores", Integer.toString(cores), "with one core reasoning and chunks are slow; give it two or more");
    }

    static Finding model(final Profile profile, final Path directory) {
        try {
            ModelFiles.require(profile, directory);
            return Finding.ok("model", profile.policy().reasoning() ? directory.toString() : "not needed by the policy " + profile.policy().kind());
        } catch (final ProfileException incomplete) {
            return Finding.warn("model", incomplete.getMessage(), "./continuo train nano makes the one that ships");
        }
    }

    static Finding ports(final Profile profile) {
        final List<String> taken = Ports.taken(profile);
        return taken.isEmpty() ? Finding.ok("ports", "all free") : Finding.warn("ports", String.join("; ", taken),
            "end the other program (is a run in progress?), or set other ports in a profile");
    }
}
