package dev.continuo.supervision.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.continuo.config.ProfileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Into a folder in which a system is prepared; {@code packaging/try-under-systemd.sh} tries it under a systemd that runs. */
class ServiceInstallationTest {
    private static final Path ANALYZER = Path.of("/usr/bin/systemd-analyze");

    @TempDir
    private Path root;

    private ServiceInstallation installation() {
        return new ServiceInstallation(root, new SystemTools());
    }

    private Path unit() {
        return root.resolve("etc/systemd/system/continuo@.service");
    }

    @Test
    void theUnitStartsThisInstallationWithThisJdk() throws IOException {
        installation().install(Path.of("/opt/continuo"), Path.of("/opt/jdk"));
        final List<String> lines = Files.readAllLines(unit());
        assertTrue(lines.contains("ExecStart=/opt/continuo/continuo run --profile %i"), lines.toString());
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("Environment=JAVA_HOME=/opt/jdk ")), lines.toString());
        assertFalse(String.join("\n", lines).contains("/usr/lib/continuo"), lines.toString());
    }

    @Test
    void theSitesConfigurationOutlivesAnUpgradeAndTheRemoval() throws IOException {
        installation().install(Path.of("/opt/continuo"), Path.of("/opt/jdk"));
        final Path site = root.resolve("etc/continuo/site.conf");
        assertTrue(Files.readAllLines(site).stream().allMatch(line -> line.startsWith("#")), "a fresh one says nothing");
        Files.writeString(site, "web.port = 9000\n");
        assertTrue(installation().install(Path.of("/opt/newer"), Path.of("/opt/jdk")).contains(site + " is kept as it is"));
        assertEquals("web.port = 9000\n", Files.readString(site));
        assertEquals(List.of("removed " + unit(), root.resolve("etc/continuo") + " and " + root.resolve("var/lib/continuo") + " are kept"), installation().uninstall());
        assertEquals("web.port = 9000\n", Files.readString(site));
        assertFalse(Files.exists(unit()));
        assertEquals("the service is not installed: there is no " + unit(), assertThrows(ProfileException.class, () -> installation().uninstall()).getMessage());
    }

    @Test
    void whatCannotBeWrittenIsNamed() throws IOException {
        Files.writeString(root.resolve("etc"), "a file where a folder should be");
        final String why = assertThrows(ProfileException.class, () -> installation().install(Path.of("/opt/continuo"), Path.of("/opt/jdk"))).getMessage();
        assertTrue(why.startsWith("cannot write " + unit()), why);
    }

    /** By systemd itself, where it is installed. */
    @Test
    void systemdUnderstandsTheUnit() throws IOException {
        assumeTrue(Files.isExecutable(ANALYZER), "systemd-analyze is not installed");
        final Path launcher = Files.writeString(Files.createDirectories(root.resolve("home")).resolve("continuo"), "#!/bin/sh\n");
        assertTrue(launcher.toFile().setExecutable(true));
        installation().install(launcher.getParent(), Path.of("/opt/jdk"));
        final Path instance = Files.copy(unit(), root.resolve("continuo@arx-sim.service"));
        final SystemTools.Answer answer = new SystemTools().call(ANALYZER.toString(), "verify", instance.toString());
        assertEquals(0, answer.status(), answer.said());
        assertFalse(answer.said().contains("continuo@"), answer.said());
    }

    @Test
    void aProgramThatFailsOrIsMissingIsNamed() {
        final SystemTools tools = new SystemTools();
        assertEquals("sh -c echo no way; exit 3: no way", assertThrows(ProfileException.class, () -> tools.require("sh", "-c", "echo no way; exit 3")).getMessage());
        assertTrue(assertThrows(ProfileException.class, () -> tools.call("no-such-program")).getMessage().startsWith("cannot call no-such-program: "));
    }
}
