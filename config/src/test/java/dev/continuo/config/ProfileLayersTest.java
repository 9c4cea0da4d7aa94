package dev.continuo.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileLayersTest {
    @TempDir
    private Path site;
    @TempDir
    private Path folder;

    @BeforeEach
    void nameTheSite() {
        System.setProperty(ProfileLayers.SITE_PROPERTY, site.toString());
    }

    @AfterEach
    void forgetTheSite() {
        System.clearProperty(ProfileLayers.SITE_PROPERTY);
    }

    @Test
    void theCommandLineIsOverTheFileOverTheSiteOverWhatShips() throws IOException {
        Files.writeString(site.resolve("site.conf"), "playback { blend-rows = 1, execution-horizon = 11 }\ncell.seed = 111\n");
        final Path file = Files.writeString(folder.resolve("mine.conf"), "extends = arx-sim\nplayback.execution-horizon = 12\ncell.seed = 112\n");
        final List<String> commandLine = List.of("cell.seed=7", "cell.seed=113");
        final Profile profile = ProfileReader.read(file.toString(), commandLine);
        assertEquals(50, profile.playback().chunkRows());
        assertEquals(new ChunkStrategy.Blend(1), profile.playback().strategy());
        assertEquals(12, profile.playback().executionHorizon());
        assertEquals(113, profile.cell().seed());
        assertOrigin("profiles/arx-sim.conf:", "playback.chunk-rows", file.toString(), commandLine);
        assertOrigin(site + "/site.conf:1", "playback.blend-rows", file.toString(), commandLine);
        assertOrigin(file + ":2", "playback.execution-horizon", file.toString(), commandLine);
        assertOrigin("command line", "cell.seed", file.toString(), commandLine);
    }

    @Test
    void theSiteHasProfilesByName() throws IOException {
        Files.writeString(site.resolve("kitchen.conf"), "extends = arx-sim\ncell.seed = 5\n");
        Files.writeString(site.resolve("arx-sim.conf"), "extends = arx-sim\ncell.trial-timeout = 9 s\n");
        final Profile kitchen = ProfileReader.read("kitchen");
        assertEquals(5, kitchen.cell().seed());
        assertEquals(9_000_000_000L, kitchen.cell().trialTimeoutNanos(), "what the site calls arx-sim");
        assertEquals(1, ProfileReader.read("arx-sim").cell().seed());
        assertFailure("no profile cellar: neither a file nor one of arx-sim, franka-sim, nor in " + site, "cellar");
    }

    @Test
    void whatAProfileExtendsMustBeThereAndAnother() throws IOException {
        final Path one = folder.resolve("one.conf");
        final Path other = Files.writeString(folder.resolve("other.conf"), "extends = \"" + one + "\"\n");
        Files.writeString(one, "extends = \"" + other + "\"\n");
        assertFailure(one + ": extends leads back to itself, by way of " + other, one.toString());
        assertFailure("no profile a?b: Nul character not allowed", Files.writeString(one, "extends = \"a\\u0000b\"\n").toString());
        assertFailure(one + ": 1: extends has type LIST rather than STRING", Files.writeString(one, "extends = [arx-sim]\n").toString());
        assertFailure("need to Config#resolve()", Files.writeString(one, "a = arx-sim\nextends = ${a}\n").toString());
    }

    @Test
    void arraysAndObjectsAreToldKeyByKey() {
        final List<Setting> settings = ProfileReader.settings("arx-sim", List.of());
        assertTrue(settings.stream().noneMatch(setting -> setting.key().startsWith("definitions")), settings.toString());
        final Setting velocity = settings.stream().filter(setting -> setting.key().equals("arms[1].limits.velocity")).findFirst().orElseThrow();
        assertEquals("[3.5,3.5,3.5,4,4,4,0.3]", velocity.value());
        assertTrue(velocity.origin().startsWith("profiles/arx-sim.conf:"), velocity.origin());
    }

    @Test
    void secretsAreNotTold() {
        final List<Setting> settings = Setting.of(ProfileLayers.lay("arx-sim", List.of("web.token=swordfish", "web.tokens=3")));
        assertTrue(settings.contains(new Setting("web.token", "(hidden)", "command line")), settings.toString());
        assertTrue(settings.contains(new Setting("web.tokens", "3", "command line")), settings.toString());
    }

    @Test
    void whatIsWrongIsToldWithItsLayer() throws IOException {
        assertFailure("command line: fast is no setting; write key=value", "arx-sim", "fast");
        assertFailure("command line: cell.seed cannot be read", "arx-sim", "cell.seed=x");
        assertFailure("command line: cell={ cannot be read: ", "arx-sim", "cell={");
        Files.writeString(site.resolve("site.conf"), "\ncell.sed = 4\n");
        assertFailure(site + "/site.conf:2: unknown key cell.sed", "arx-sim");
    }

    private static void assertOrigin(final String expected, final String key, final String profile, final List<String> commandLine) {
        final Setting setting = ProfileReader.settings(profile, commandLine).stream().filter(each -> each.key().equals(key)).findFirst().orElseThrow();
        assertTrue(setting.origin().startsWith(expected), setting.toString());
    }

    private static void assertFailure(final String expected, final String profile, final String... commandLine) {
        final ProfileException failure = assertThrows(ProfileException.class, () -> ProfileReader.read(profile, List.of(commandLine)));
        assertTrue(failure.getMessage().contains(expected), failure.getMessage());
    }
}
