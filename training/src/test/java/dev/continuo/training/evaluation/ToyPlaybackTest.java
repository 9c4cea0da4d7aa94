package dev.continuo.training.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.actors.agent.Reasoner;
import dev.continuo.config.Profile;
import dev.continuo.config.ProfileReader;
import dev.continuo.perception.Frame;
import dev.continuo.simulation.task.Split;
import dev.continuo.simulation.toys.Relation;
import dev.continuo.simulation.toys.ToyAppearance;
import dev.continuo.simulation.toys.ToyInstruction;
import dev.continuo.simulation.toys.ToyReasoning;
import dev.continuo.simulation.toys.ToyRenderer;
import dev.continuo.simulation.toys.ToyScene;
import dev.continuo.simulation.toys.ToyShelf;
import dev.continuo.simulation.toys.ToyTable;
import dev.continuo.simulation.toys.ToyTrial;
import dev.continuo.training.demonstration.ToyDemonstration;
import dev.continuo.training.demonstration.ToyDemonstrationRecorder;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The whole chain from chunks of poses to toys, without a model: what the expert showed is played through the runtime's agents, the driver, the Franka's protocol and the simulated robot.
 */
class ToyPlaybackTest {
    private static final Profile PROFILE = ProfileReader.read("franka-sim");

    private static ToyTrial trial(final Relation relation, final long seed) {
        return ToyTrial.draw(new ToyInstruction(ToyShelf.named("car").orElseThrow(), relation, ToyShelf.named("green block").orElseThrow()), Split.IN_DOMAIN, seed);
    }

    @ParameterizedTest
    @EnumSource(value = Relation.class, names = {"LEFT", "TOP", "BOTTOM"})
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void aDemonstrationPlayedThroughTheAgentsPlacesTheToy(final Relation relation) {
        final ToyTrial trial = trial(relation, 3);
        final ToyResult result = play(trial, trial);
        assertTrue(result.success(), result.toString());
        assertEquals(1, result.objectScore());
        assertEquals(1, result.spatialScore());
        assertEquals(0, result.held(), "the safety envelope held nothing back");
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void placingItElsewhereFails() {
        long seed = 0;
        while (!sameLayout(trial(Relation.LEFT, seed), trial(Relation.TOP, seed))) {
            seed++;
        }
        final ToyTrial asked = trial(Relation.LEFT, seed);
        final ToyTrial shown = trial(Relation.TOP, seed);
        final ToyResult result = play(asked, shown);
        assertFalse(result.success(), result.outcome());
        assertTrue(result.outcome().endsWith("the car stands on top of the green block"), result.outcome());
    }

    private static boolean sameLayout(final ToyTrial one, final ToyTrial other) {
        final ToyScene scene = new ToyScene();
        one.layOut(scene);
        final double[] places = scene.position.clone();
        other.layOut(scene);
        return Arrays.equals(places, scene.position);
    }

    private static ToyResult play(final ToyTrial trial, final ToyTrial shown) {
        final ToyDemonstration demonstration = new ToyDemonstrationRecorder().record(shown, 5).orElseThrow();
        final ToyScene begin = new ToyScene();
        trial.layOut(begin);
        final Reasoner truth = new Reasoner() {
            @Override
            public Thought reason(final Frame[] pictures, final String instruction, final Progress progress) {
                assertEquals(trial.instruction().text(), instruction);
                return new Thought(ToyReasoning.of(trial, begin, ToyAppearance.of(trial).camera()), new float[1], 1);
            }

            @Override
            public void close() {
                // Nothing to close.
            }
        };
        final ToyTrialCell cell = new ToyTrialCell(PROFILE, trial, new ToyRenderer());
        try (ClosedLoopTrial loop = EvaluationCell.open(PROFILE, cell, truth, new Replay(demonstration, 20, column -> column < 3 || column == 9 ? 20 : 1))) {
            return cell.result(loop.play(trial.instruction().text(), _ -> false));
        }
    }

    @Test
    void theProfilesReadyPoseIsTheOneThatDemonstrationsBeginIn() {
        for (int joint = 0; joint < ToyTable.READY.size(); joint++) {
            assertEquals(ToyTable.READY.at(joint), PROFILE.arms().getFirst().readyPose().at(joint), 1e-5);
        }
        assertEquals(ToyTable.BASE, PROFILE.arms().getFirst().base());
        ToyInstruction.of(PROFILE.instruction());
    }
}
