package dev.continuo.training.evaluation;

import dev.continuo.actors.model.LoadedModel;
import dev.continuo.config.Profile;
import dev.continuo.simulation.task.Split;
import java.io.PrintStream;
import java.nio.file.Path;

/**
 * Evaluates one model on one task and reports it.
 *
 * @param profile the cell, and how the model is run
 * @param model   the model's folder
 * @param policy  the policy's name in the report
 */
public record EvaluateTask(Profile profile, Path model, String policy) {

    /** Plays the trials, prints a line for each and the table, and writes the JSON where one is wanted. */
    public void run(final String splitLabel, final long seed, final int limit, final Path json, final PrintStream out) {
        final Split split = Split.of(splitLabel);
        try (LoadedModel loaded = LoadedModel.load(profile.model(), model)) {
            final int[] played = new int[1];
            final Evaluation evaluation = Evaluation.run(profile, loaded, split, seed, limit,
                result -> out.printf("%2d %s%n", ++played[0], EvaluationReport.line(result)));
            final EvaluationReport report = new EvaluationReport(evaluation, policy);
            report.print(out);
            if (json != null) {
                report.write(json);
            }
        }
    }

    /** Plays trials of toy placement, prints a line for each and the table, and writes the JSON where one is wanted. */
    public void runToys(final String splitLabel, final long seed, final int limit, final Path json, final PrintStream out) {
        try (LoadedModel loaded = LoadedModel.load(profile.model(), model)) {
            final int[] played = new int[1];
            final ToyEvaluation evaluation = ToyEvaluation.run(profile, loaded, policy, Split.of(splitLabel), seed, limit,
                result -> out.printf("%3d %s%n", ++played[0], ToyEvaluation.line(result)));
            evaluation.print(out);
            if (json != null) {
                evaluation.write(json);
            }
        }
    }

    /** Has lines of handwriting read and solved, by the model and by a stock reader that {@code python} runs. */
    public void runReading(final int lines, final long seed, final String python, final Path json, final PrintStream out) {
        final ReadingEvaluation evaluation = ReadingEvaluation.run(model, lines, seed, python);
        evaluation.print(out);
        if (json != null) {
            evaluation.write(json);
        }
    }

    /** Plays the trials with a wrong reasoning from a time on, and tells how often the action followed the words. */
    public void runEdited(
        final String splitLabel, final long seed, final int limit, final double afterSeconds, final Path json, final PrintStream out) {
        try (LoadedModel loaded = LoadedModel.load(profile.model(), model)) {
            final int[] played = new int[1];
            final EditedEvaluation evaluation = EditedEvaluation.run(profile, loaded, policy, Split.of(splitLabel), seed, limit, afterSeconds,
                outcome -> out.printf("%2d %s%n", ++played[0], outcome.line()));
            evaluation.print(out);
            if (json != null) {
                evaluation.write(json);
            }
        }
    }
}
