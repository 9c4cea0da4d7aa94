package dev.continuo.supervision.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    @TempDir
    private Path folder;

    @Test
    void helpAndVersionSucceed() {
        assertEquals(0, execute("help"));
        assertTrue(out.toString().contains("run") && out.toString().contains("doctor"), out::toString);
        assertTrue(!out.toString().contains("role "), "the verb of child processes is not for people");
        assertEquals(0, execute("version"));
        assertTrue(out.toString().contains("continuo 0.1"), out::toString);
        assertEquals(0, execute("run", "--help"));
        assertEquals("", err.toString());
    }

    @Test
    void noVerbIsBadUsage() {
        expectUsage("which verb?");
    }

    @Test
    void anUnknownVerbIsBadUsage() {
        expectUsage("fly", "fly");
    }

    @Test
    void anUnknownOptionIsBadUsage() {
        expectUsage("--fast", "run", "--fast");
    }

    @Test
    void aDurationWithoutUnitIsBadUsage() {
        expectUsage("'60' is no duration; write 60s, 5m or 1h", "run", "--for", "60");
    }

    @Test
    void anUnknownProfileIsNamedWithThoseThatShip() {
        expectUsage("no profile nowhere: neither a file nor one of arx-sim", "run", "--profile", "nowhere");
    }

    @Test
    void configTellsWhoSaysWhat() {
        assertEquals(0, execute("config", "--seed", "9", "--set", "playback.blend-rows=3"));
        assertTrue(out.toString().lines().anyMatch(line -> line.matches("cell\\.seed = 9 +# command line")), out::toString);
        assertTrue(out.toString().lines().anyMatch(line -> line.matches("playback\\.blend-rows = 3 +# command line")), out::toString);
        assertTrue(out.toString().lines().anyMatch(line -> line.matches("task = \"math-matching\" +# profiles/arx-sim\\.conf:\\d+")), out::toString);
    }

    @Test
    void statusSaysThatNobodyAnswers() throws IOException {
        final int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        assertEquals(1, execute("status", "--set", "web.port=" + port));
        assertTrue(err.toString().contains("no service answers at http://127.0.0.1:" + port), err::toString);
    }

    @Test
    void aServiceThatListensNowhereHasNoStatus() {
        expectUsage("listens nowhere that is known: web.enabled is false", "status", "--set", "web.enabled=false");
    }

    @Test
    void installIntoAPreparedSystem() {
        assertEquals(0, execute("install", "--root", folder.toString()), err::toString);
        assertTrue(Files.exists(folder.resolve("etc/systemd/system/continuo@.service")), out::toString);
        assertEquals(0, execute("uninstall", "--root", folder.toString()), err::toString);
    }

    @Test
    void nothingIsInstalledForAProfileThatIsNotThere() {
        expectUsage("no profile nowhere", "install", "--profile", "nowhere", "--root", folder.toString());
        assertTrue(Files.notExists(folder.resolve("etc")));
    }

    @Test
    void anUnknownKeyIsNamedWithItsPlace() throws IOException {
        final Path profile = folder.resolve("mine.conf");
        Files.writeString(profile, "extends = arx-sim\ncell.sed = 4\n");
        expectUsage("mine.conf:2: unknown key cell.sed", "run", "--profile", profile.toString());
    }

    @Test
    void anImpossibleLimitIsBadConfiguration() throws IOException {
        final Path profile = folder.resolve("mine.conf");
        Files.writeString(profile, "extends = arx-sim\ndefinitions.r5-limits.velocity = [0, 1, 1, 1, 1, 1, 1]\n");
        expectUsage("velocity must be positive on axis 0", "run", "--profile", profile.toString());
    }

    @Test
    void missingWeightsAreNamedBeforeAnythingIsStarted() throws IOException {
        final Path profile = folder.resolve("mine.conf");
        Files.writeString(profile, "extends = arx-sim\nmodel.directory = " + folder + "\n");
        expectUsage("lacks config.json", "run", "--profile", profile.toString());
    }

    @Test
    void aReportThatCannotBeWrittenIsRefusedBeforeTheRun() {
        expectUsage("cannot be written", "run", "--json", folder.resolve("absent/report.json").toString());
    }

    @Test
    void reasoningNeedsAnImage() {
        expectUsage("--image", "reason", "--instruction", "What is this?");
    }

    @Test
    void anImageThatIsNotThereIsNamed() {
        expectUsage("absent.png", "reason", "--image", folder.resolve("absent.png").toString(), "--instruction", "What is this?");
    }

    @Test
    void anImageThatIsNoneIsNamed() throws IOException {
        final Path image = folder.resolve("noise.png");
        Files.write(image, new byte[] {1, 2, 3, 4});
        expectUsage("noise.png", "reason", "--image", image.toString(), "--instruction", "What is this?");
    }

    private void expectUsage(final String part, final String... arguments) {
        assertEquals(ExitStatus.USAGE, execute(arguments), err::toString);
        assertEquals(1, err.toString().lines().count(), err::toString);
        assertTrue(err.toString().startsWith("continuo: "), err::toString);
        assertTrue(err.toString().contains(part), err::toString);
    }

    private int execute(final String... arguments) {
        return CommandLineSetup.execute(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }
}
