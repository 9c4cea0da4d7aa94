package dev.continuo.actors.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.config.PluginSettings;
import dev.continuo.config.PolicyProfile;
import dev.continuo.config.Profile;
import dev.continuo.config.ProfileException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PoliciesTest {

    private static Profile profile(final String kind, final Map<String, String> settings) {
        return TestProfile.profile().withPolicy(new PolicyProfile(kind, false, new PluginSettings("policy " + kind, settings)));
    }

    private static void assertRefused(final String kind, final Map<String, String> settings, final String why) {
        assertEquals(why, assertThrows(ProfileException.class, () -> Policies.open(profile(kind, settings))).getMessage());
    }

    @Test
    void aPluginsPolicyGetsItsSettings() {
        final Profile profile = profile("offset", Map.of("by", "0.5"));
        final ChunkPolicy.Request request = ChunkPolicy.Request.of(profile);
        final float[] rows = new float[profile.playback().chunkRows() * profile.columns()];
        try (ChunkPolicy policy = Policies.open(profile)) {
            assertTrue(policy.chunk(request, rows));
        }
        assertEquals(0.5f, rows[0]);
    }

    @Test
    void whatCannotWorkIsToldInOneLine() {
        assertRefused("other", Map.of(), "no policy other; there are model, offset");
        assertRefused("offset", Map.of("by", "5"), "policy offset: settings.by must be from -1.0 to 1.0, is 5");
        final int closed = OffsetKind.closed;
        assertRefused("offset", Map.of("by", "0.5", "bye", "1"), "policy offset: unknown key settings.bye; known here: by");
        assertEquals(closed + 1, OffsetKind.closed, "what was opened is closed");
    }
}
