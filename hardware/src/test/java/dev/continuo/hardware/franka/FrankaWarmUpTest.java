package dev.continuo.hardware.franka;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FrankaWarmUpTest {
    private static final double[] READY = {0, -Math.PI / 4, 0, -3 * Math.PI / 4, 0, Math.PI / 2, Math.PI / 4, 0.04};

    @ParameterizedTest
    @EnumSource(FciVersion.class)
    @Timeout(60)
    void aWholeMotionIsCommanded(final FciVersion version) {
        final long commands = FrankaWarmUp.run(version, READY, 2_000, System::nanoTime);
        assertTrue(commands > 1_900, commands + " commands came");
    }
}
