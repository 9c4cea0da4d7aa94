package dev.continuo.training.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.actors.agent.Reasoner;
import dev.continuo.config.Profile;
import dev.continuo.config.ProfileReader;
import dev.continuo.perception.Frame;
import dev.continuo.simulation.game.Scenes;
import dev.continuo.simulation.render.SceneRenderer;
import dev.continuo.simulation.task.Equation;
import dev.continuo.simulation.task.Place;
import dev.continuo.simulation.task.ReasoningText;
import dev.continuo.simulation.task.Split;
import dev.continuo.simulation.task.TrialSpec;
import dev.continuo.training.demonstration.Demonstration;
import dev.continuo.training.demonstration.DemonstrationRecorder;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The whole chain from chunks to cards, without a model: what the expert showed is played through the runtime's agents, and the same
 * cards must end up in the same slots.
 */
class DemonstrationPlaybackTest {
    private static final Profile PROFILE = ProfileReader.read("arx-sim");

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void aDemonstrationPlayedThroughTheAgentsLaysTheAnswer() {
        final TrialSpec trial = TrialSpec.draw(Equation.of("4+8"), Split.IN_DOMAIN, 11);
        final TrialResult result = play(trial, demonstrationOf(trial, trial.answerDigits()));
        assertTrue(result.success(), result.outcome());
        assertEquals(4, result.scores().ocr());
        assertEquals(2, result.scores().mathematics());
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void layingTheWrongCardFails() {
        final TrialSpec trial = TrialSpec.draw(Equation.of("0+3"), Split.IN_DOMAIN, 12);
        final int wrong = trial.cards().stream().filter(card -> card != 3).findFirst().orElseThrow();
        assertFalse(play(trial, demonstrationOf(trial, new int[] {wrong})).success());
    }

    private static TrialResult play(final TrialSpec trial, final Demonstration demonstration) {
        final Reasoner truth = new Reasoner() {
            @Override
            public Thought reason(final Frame[] pictures, final String instruction, final Progress progress) {
                return new Thought(ReasoningText.of(trial, new Place[] {Place.LEFT, Place.MIDDLE, Place.RIGHT}), new float[1], 1);
            }

            @Override
            public void close() {
                // Nothing to close.
            }
        };
        final CardCell cell = new CardCell(PROFILE, trial, new SceneRenderer(), 1);
        try (ClosedLoopTrial loop = EvaluationCell.open(PROFILE, cell, truth, new Replay(demonstration, 60, axis -> axis % 7 == 6 ? 20 : 1))) {
            return cell.result(loop.play());
        }
    }

    private static Demonstration demonstrationOf(final TrialSpec trial, final int[] digits) {
        final int[] cards = new int[digits.length];
        for (int i = 0; i < cards.length; i++) {
            cards[i] = trial.cardShowing(digits[i]);
        }
        try (DemonstrationRecorder recorder = new DemonstrationRecorder()) {
            return recorder.record(trial.equation().text(), trial.cards().stream().mapToInt(Integer::intValue).toArray(), cards,
                Scenes.layout(trial), 5).orElseThrow();
        }
    }
}
