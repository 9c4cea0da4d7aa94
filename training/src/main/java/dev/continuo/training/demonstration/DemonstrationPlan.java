package dev.continuo.training.demonstration;

import dev.continuo.simulation.game.Scenes;
import dev.continuo.simulation.task.Equation;
import dev.continuo.simulation.task.EquationSplit;
import dev.continuo.simulation.task.Split;
import dev.continuo.simulation.task.TrialSpec;
import dev.continuo.training.optimize.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Which episodes are demonstrated: the paper's fourteen equations, all additions, each with the cards in all six orders
 * (chatvla2.md section 1.6).
 */
public final class DemonstrationPlan {
    private static final int[][] ORDERS = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};

    private DemonstrationPlan() {
    }

    /** The 14 axis positions of arms in their ready pose. */
    public static float[] readyAxes() {
        final double[] setpoint = new double[14];
        final ToolServo servo = new ToolServo();
        for (int arm = 0; arm < 2; arm++) {
            servo.setpoint(arm, ScriptedExpert.ready(arm), setpoint);
        }
        final float[] axes = new float[setpoint.length];
        for (int i = 0; i < axes.length; i++) {
            axes[i] = (float) setpoint[i];
        }
        return axes;
    }

    /** Plays and records all episodes; those whose cards did not end in their slots are played again with another seed. */
    public static List<Demonstration> record(final int episodesPerOrder, final long seed) {
        final List<Demonstration> episodes = new ArrayList<>();
        final int total = EquationSplit.DEMONSTRATIONS.size() * ORDERS.length * episodesPerOrder;
        final SplittableRandom random = new SplittableRandom(seed);
        try (DemonstrationRecorder recorder = new DemonstrationRecorder();
             Progress progress = Progress.begin("demonstrations", 0, total)) {
            for (final Equation equation : EquationSplit.DEMONSTRATIONS) {
                for (final int[] order : ORDERS) {
                    for (int i = 0; i < episodesPerOrder; i++) {
                        episodes.add(episode(recorder, equation, order, random));
                        progress.at(episodes.size(), equation.text());
                    }
                }
            }
        }
        return episodes;
    }

    private static Demonstration episode(
        final DemonstrationRecorder recorder, final Equation equation, final int[] order, final SplittableRandom random) {
        while (true) {
            final TrialSpec drawn = TrialSpec.draw(equation, Split.IN_DOMAIN, random.nextLong());
            final List<Integer> sorted = drawn.cards().stream().sorted().toList();
            final TrialSpec trial = new TrialSpec(equation, drawn.equalsShown(),
                List.of(sorted.get(order[0]), sorted.get(order[1]), sorted.get(order[2])), drawn.writers(), drawn.surroundings(), drawn.seed());
            final int[] values = trial.cards().stream().mapToInt(Integer::intValue).toArray();
            final int[] digits = trial.answerDigits();
            final int[] answer = new int[digits.length];
            for (int i = 0; i < digits.length; i++) {
                answer[i] = trial.cardShowing(digits[i]);
            }
            final var episode = recorder.record(equation.text(), values, answer, Scenes.layout(trial), random.nextLong());
            if (episode.isPresent()) {
                return episode.get();
            }
        }
    }
}
