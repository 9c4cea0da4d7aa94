package dev.continuo.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileReaderTest {
    @TempDir
    private Path folder;

    @Test
    void readsEveryShippedProfile() {
        for (final String name : ProfileReader.shipped()) {
            final Profile profile = ProfileReader.read(name);
            assertEquals(name, profile.name());
            assertEquals(14, profile.columns());
        }
    }

    @Test
    void aFileGivesOnlyWhatDiffers() throws IOException {
        final Profile profile = ProfileReader.read(file("extends = arx-sim\ncell.seed = 77\nplayback.row-period = 40 ms\n"));
        assertEquals(77, profile.cell().seed());
        assertEquals(40_000_000L, profile.playback().rowPeriodNanos());
        assertInstanceOf(TransportProfile.LocalSocket.class, profile.arms().getFirst().arx().transport());
    }

    @Test
    void namesFileLineAndKeyOfAnUnknownKey() throws IOException {
        assertFailure("extends = arx-sim\n\nplayback.chunk-rowz = 3\n", "profile.conf:3: unknown key playback.chunk-rowz");
    }

    @Test
    void namesAnImpossibleLimit() throws IOException {
        assertFailure("extends = arx-sim\ndefinitions.r5-limits.velocity = [0,1,1,1,1,1,1]\n",
            "arms[0].limits.velocity must be positive on axis 0");
    }

    @Test
    void namesAPoseOutsideTheLimits() throws IOException {
        assertFailure("extends = arx-sim\ndefinitions.r5-ready = [9,0,0,0,0,0,0]\n", "arms[0].ready-pose leaves the limits on axis 0: 9.0");
    }

    @Test
    void namesAMissingKey() throws IOException {
        assertFailure("task = math-matching\n", "missing key instruction");
    }

    @Test
    void namesAValueOfTheWrongType() throws IOException {
        assertFailure("extends = arx-sim\ncell.enabled = perhaps\n", "profile.conf:2: cell.enabled cannot be read");
    }

    @Test
    void namesProfilesThatDoExistWhenAskedForAnUnknownOne() {
        final ProfileException failure = assertThrows(ProfileException.class, () -> ProfileReader.read("arx-smi"));
        assertTrue(failure.getMessage().contains("arx-smi") && failure.getMessage().contains("arx-sim"), failure.getMessage());
    }

    private void assertFailure(final String text, final String expected) throws IOException {
        final String path = file(text);
        final ProfileException failure = assertThrows(ProfileException.class, () -> ProfileReader.read(path));
        assertTrue(failure.getMessage().contains(expected), failure.getMessage());
        assertFalse(failure.getMessage().contains("\n"), "one line");
    }

    private String file(final String text) throws IOException {
        return Files.writeString(folder.resolve("profile.conf"), text).toString();
    }
}
