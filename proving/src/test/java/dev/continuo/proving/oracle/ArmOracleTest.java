package dev.continuo.proving.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.config.ArmProfile;
import dev.continuo.config.ProfileReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an oracle must see, and what it must not take for anything. */
class ArmOracleTest {
    private static final int COMMANDS = 300;

    private final ArmProfile arm = ProfileReader.read("arx-sim").arms().getFirst();
    private final List<String> found = new ArrayList<>();
    private final ArmOracle oracle = new ArmOracle(arm, this::violated);
    private final List<String> said = new ArrayList<>();
    private long nowNanos;
    private long lookedNanos;
    private int driver;

    @BeforeEach
    void open() {
        driver = oracle.opened();
        oracle.armed(driver);
    }

    private void violated(final String invariant, final String what) {
        found.add(invariant);
        said.add(what);
    }

    private void send(final double[] position) {
        nowNanos += arm.periodNanos();
        oracle.commanded(driver, nowNanos, position);
    }

    private double[] swaying(final int command, final double radPerSecond, final double amplitude) {
        final double[] position = arm.readyPose().toArray();
        position[1] += amplitude * (1 - Math.cos(radPerSecond * command * arm.periodNanos() * 1e-9));
        return position;
    }

    @Test
    void whatKeepsToTheLimitsIsNothing() {
        for (int i = 0; i < COMMANDS; i++) {
            send(swaying(i, 4, -0.15));
        }
        assertEquals(List.of(), found);
    }

    @Test
    void eachLimitIsJudged() {
        final double[] high = arm.readyPose().toArray();
        for (int i = 0; i < 3; i++) {
            send(high);
        }
        high[2] = arm.limits().maximum().at(2) + 0.01;
        send(high);
        assertEquals("I1", found.getFirst());
        found.clear();
        for (int i = 0; i < COMMANDS; i++) {
            send(swaying(i, 12, 0.4));
        }
        assertEquals("I1", found.getFirst(), "too fast");
        high[2] = Double.NaN;
        found.clear();
        send(high);
        assertEquals(List.of("I1"), found);
    }

    @Test
    void aSingleTickOfNoiseIsTooMuchAcceleration() {
        for (int i = 0; i < 10; i++) {
            send(arm.readyPose().toArray());
        }
        final double[] off = arm.readyPose().toArray();
        off[0] += 2e-4;
        send(off);
        assertEquals("I1", found.getFirst());
    }

    @Test
    void theWorkspaceIsJudgedByOtherKinematicsThanTheEnvelopes() {
        final double[] low = arm.readyPose().toArray();
        send(low);
        for (int i = 0; i < 400; i++) {
            low[1] += 0.002;
            send(low);
        }
        assertTrue(said.stream().anyMatch(what -> what.startsWith("left is sent below min-z by 0.00") || what.contains("too low")), said.toString());
    }

    @Test
    void anArmThatLayOutsideMayComeBackIn() {
        final double[] below = arm.readyPose().toArray();
        below[1] += 0.9;
        for (int i = 0; i < 400; i++) {
            send(below);
            below[1] -= 0.002;
        }
        assertTrue(said.stream().noneMatch(what -> what.contains(" is sent be")), said.toString());
    }

    @Test
    void whoWasReplacedOrNotArmedMayCommandNothing() {
        final int old = driver;
        driver = oracle.opened();
        oracle.commanded(old, nowNanos += arm.periodNanos(), arm.readyPose().toArray());
        assertEquals(List.of("I13"), found);
        found.clear();
        send(arm.readyPose().toArray());
        assertEquals(List.of("I4"), found);
        found.clear();
        oracle.armed(driver);
        send(arm.readyPose().toArray());
        assertEquals(List.of(), found);
        oracle.damped(driver);
        send(arm.readyPose().toArray());
        assertEquals(List.of("I4"), found);
    }

    @Test
    void aStoppedArmMayComeToRestButNotMoveOn() {
        for (int i = 0; i < 200; i++) {
            send(swaying(i, 2, -0.1));
        }
        oracle.stopped();
        for (int i = 200; i < 690; i++) {
            send(swaying(i, 2, -0.1));
        }
        assertEquals(List.of(), found);
        for (int i = 690; i < 720; i++) {
            send(swaying(i, 2, -0.1));
        }
        assertEquals("I3", found.getFirst());
        found.clear();
        oracle.mayMove();
        send(swaying(720, 2, -0.1));
        assertEquals(List.of(), found);
    }

    @Test
    void withoutChunksNothingMoves() {
        send(swaying(0, 2, 0.1));
        send(swaying(0, 2, 0.1));
        look(true, false);
        assertEquals(List.of(), found, "it stands");
        send(swaying(1, 2, 0.1));
        look(false, false);
        assertEquals(List.of(), found, "there are chunks");
        send(swaying(2, 2, 0.1));
        look(true, false);
        look(true, true);
        assertEquals(List.of(), found, "it was on its way to its ready pose");
        send(swaying(3, 2, 0.1));
        look(true, false);
        assertEquals(List.of(), found, "who knows");
        look(false, false);
        assertEquals(List.of("I2"), found);
    }

    private void look(final boolean starved, final boolean elsewhere) {
        lookedNanos += 600_000_000L;
        oracle.looked(starved, elsewhere, lookedNanos);
    }
}
