package dev.continuo.supervision.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.config.ProfileReader;
import dev.continuo.perception.v4l2.VideoDevices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineCheckTest {
    @TempDir
    private Path root;

    @Test
    void aPowerSavingGovernorIsWarnedAboutWithTheCommandThatChangesIt() throws IOException {
        write("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "powersave\n");
        final Finding finding = MachineCheck.governor(files());
        assertFalse(finding.ok());
        assertEquals("powersave", finding.found());
        assertTrue(finding.remedy().contains("cpupower frequency-set -g performance"));
    }

    @Test
    void aMachineWithoutGovernorIsFine() {
        assertTrue(MachineCheck.governor(files()).ok());
    }

    @Test
    void whatNobodyBringsIsWarnedAbout() throws IOException {
        assertEquals(List.of(), MachineCheck.plugins(ProfileReader.read("arx-sim")));
        final List<Finding> findings = MachineCheck.plugins(ProfileReader.read(Files.writeString(root.resolve("own.conf"), """
            extends = arx-sim
            policy.kind = mine
            sensors = [ { name = wrist, kind = glove, rate-hz = 10, max-age = 1 s } ]
            arms = [ { name = left, model = toy, rate-hz = 100, base { x = 0, y = 0, z = 0, yaw = 0 }, ready-pose = [0, 0], park-pose = [0, 0]
              limits { minimum = [-1, 0], maximum = [1, 1], velocity = [1, 1], acceleration = [1, 1], jerk = [1, 1], workspace = ${definitions.r5-limits.workspace} } } ]
            """).toString()));
        assertEquals(List.of("arm left: no type toy; there are fr3, l5, panda, r5, x5", "sensor wrist: no kind glove; there are bota-serial", "no policy mine; there are model"),
            findings.stream().map(Finding::found).toList());
        assertTrue(findings.stream().noneMatch(Finding::ok), findings.toString());
    }

    @Test
    void camerasAreListedWithWhatTheyCan() {
        assertEquals(1, MachineCheck.cameras(List.of()).size());
        final Finding finding = MachineCheck.cameras(List.of(new VideoDevices.Found(
            Path.of("/dev/video2"), "A camera", "usb-1.2", List.of("YUYV 640x480 at 30", "MJPG 1280x720 at 30")))).getFirst();
        assertTrue(finding.ok());
        assertEquals("camera /dev/video2", finding.subject());
        assertEquals("A camera at usb-1.2: YUYV 640x480 at 30; MJPG 1280x720 at 30", finding.found());
    }

    @Test
    void lockedMemoryNeedsALimitOrRoot() throws IOException {
        write("proc/self/limits", "Limit                     Soft Limit           Hard Limit           Units\n"
            + "Max locked memory         8388608              8388608              bytes\n");
        write("proc/self/status", "Name:\tjava\nUid:\t1000\t1000\t1000\t1000\n");
        assertFalse(MachineCheck.memoryLocking(files()).ok());
        assertTrue(MachineCheck.memoryLocking(files()).found().contains("8388608"));
        write("proc/self/status", "Name:\tjava\nUid:\t0\t0\t0\t0\n");
        assertTrue(MachineCheck.memoryLocking(files()).ok());
    }

    @Test
    void theKernelsPreemptionIsNamed() throws IOException {
        write("proc/version", "Linux version 6.1.0 #1 SMP PREEMPT_RT");
        assertTrue(MachineCheck.kernel(files()).ok());
        write("proc/version", "Linux version 6.1.0 #1 SMP PREEMPT_DYNAMIC");
        assertFalse(MachineCheck.kernel(files()).ok());
    }

    @Test
    void littleMemoryIsWarnedAbout() throws IOException {
        write("proc/meminfo", "MemTotal:       4000000 kB\nMemAvailable:    1024000 kB\n");
        assertEquals("1000 MiB available", MachineCheck.memory(files()).found());
        assertFalse(MachineCheck.memory(files()).ok());
    }

    @Test
    void aKernelSettingIsReadInOnePiece() {
        final String runtime = new MachineFiles(Path.of("/")).read("proc/sys/kernel/sched_rt_runtime_us").orElse("-1");
        assertTrue(runtime.equals("-1") || runtime.length() > 1, runtime);
    }

    @Test
    void sharedMemoryThatIsNotThereIsAWarning() {
        assertFalse(MachineCheck.sharedMemory(root.resolve("absent/bus")).ok());
    }

    private MachineFiles files() {
        return new MachineFiles(root);
    }

    private void write(final String path, final String content) throws IOException {
        final Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
