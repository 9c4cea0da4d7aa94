package dev.continuo.training.demonstration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.simulation.scene.SceneState;
import dev.continuo.simulation.task.Equation;
import dev.continuo.simulation.task.Split;
import dev.continuo.simulation.task.TrialSpec;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ScriptedExpertTest {
    private static final double BETWEEN_CARDS = 0.09;

    private final SceneState scene = new SceneState();

    @Test
    void aWrongBeginningIsNotImitatedButTheWayBackIs() {
        TrialSpec.draw(Equation.of("2+5"), Split.IN_DOMAIN, 3).layOut(scene);
        int wrong = 0;
        for (int seed = 0; seed < 200; seed++) {
            final int card = seed % 3;
            final List<Leg> legs = new ScriptedExpert(new SplittableRandom(seed)).pickAndPlace(scene, card, 0);
            int leg = 0;
            while (legs.get(leg).detour() && leadsElsewhere(legs.get(leg), card)) {
                leg++;
            }
            wrong += leg > 0 ? 1 : 0;
            final Leg grasp = legs.stream().filter(one -> one.target().openingMetres() == ScriptedExpert.CLOSED).findFirst().orElseThrow();
            for (; legs.get(leg) != grasp; leg++) {
                assertFalse(legs.get(leg).detour() && leadsElsewhere(legs.get(leg), card), "a wrong leg after the beginning, seed " + seed);
            }
            assertEquals(ScriptedExpert.armFor(card), grasp.arm());
            assertEquals(scene.card(card, 1), grasp.target().y(), 1e-9);
        }
        assertTrue(wrong > 40 && wrong < 120, "of 200 picks " + wrong + " began with another card");
    }

    @Test
    void theOtherArmMakesWayBeforeTheRightOneComes() {
        TrialSpec.draw(Equation.of("2+5"), Split.IN_DOMAIN, 3).layOut(scene);
        int crossed = 0;
        for (int seed = 0; seed < 60; seed++) {
            final List<Leg> legs = new ScriptedExpert(new SplittableRandom(seed)).pickAndPlace(scene, 0, 0);
            final List<Leg> right = legs.stream().filter(leg -> leg.arm() == 1).toList();
            if (!right.isEmpty()) {
                crossed++;
                assertEquals(ScriptedExpert.ready(1), right.getLast().target());
                assertFalse(right.getLast().detour());
                assertEquals(right, legs.subList(0, right.size()), "the right arm is back before the left one sets out");
            }
        }
        assertTrue(crossed > 10);
    }

    /** Whether a leg of a card's arm ends nearer to another card, or is another arm's. */
    private boolean leadsElsewhere(final Leg leg, final int card) {
        return leg.arm() != ScriptedExpert.armFor(card) || Math.abs(leg.target().y() - scene.card(card, 1)) > BETWEEN_CARDS;
    }
}
