package dev.continuo.training.evaluation;

import dev.continuo.simulation.task.ReasoningText;
import dev.continuo.simulation.task.Split;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An evaluation as a table beside the paper's figures (ChatVLA-2, NeurIPS 2025, Table 1), and as JSON. */
public final class EvaluationReport {
    private final Evaluation evaluation;
    private final String policy;

    /** A report on a policy's evaluation. */
    public EvaluationReport(final Evaluation evaluation, final String policy) {
        this.evaluation = evaluation;
        this.policy = policy;
    }

    /** Prints the table. */
    public void print(final PrintStream out) {
        final int trials = evaluation.results().size();
        out.printf(Locale.ROOT, "%nmath matching, %s, seed %d, %d trials in the simulated cell%n", evaluation.split().label(),
            evaluation.seed(), trials);
        out.printf("%-26s %8s %8s %10s   %s%n", "policy", "OCR /4", "math /2", "success", "95 % interval");
        out.printf(Locale.ROOT, "%-26s %8.2f %8.2f %10s   %.0f-%.0f %%%n", policy, evaluation.ocr(), evaluation.mathematics(),
            evaluation.successes() + "/" + trials, 100 * evaluation.interval().low(), 100 * evaluation.interval().high());
        out.printf(Locale.ROOT, "%-26s %8s %8s %10s%n", "chance (random cards)", "", "", "%.0f %%".formatted(100 * evaluation.chance()));
        if (evaluation.split() == Split.IN_DOMAIN) {
            out.println("paper, real robot: ChatVLA-2 6.0/6 (OCR + math), 11/13; DexVLA 5.2/6, 12/13; ChatVLA 5.8/6, 10/13");
        } else {
            out.println("paper, real robot: ChatVLA-2 3.58, 1.73, 43/52; DexVLA 0.21, 0.06, 10/52; ChatVLA 1.08, 0.42, 4/52");
        }
        out.println("The paper's figures are from another robot, other data and a model 400 times as large; only the protocol is the same.");
    }

    /** One line on a trial. */
    static String line(final TrialResult result) {
        return String.format(Locale.ROOT, "%-8s cards %s  OCR %d/4 math %d/2  %-7s %4.1f s  %s | %s", result.trial().equation(),
            result.trial().cards(), result.scores().ocr(), result.scores().mathematics(), result.success() ? "success" : "failed",
            result.seconds(), result.outcome(), ReasoningText.plain(result.reasoning()));
    }

    /** Writes the JSON. */
    public void write(final Path file) {
        final Map<String, Object> json = new LinkedHashMap<>();
        json.put("task", "math-matching");
        json.put("policy", policy);
        json.put("split", evaluation.split().label());
        json.put("seed", evaluation.seed());
        json.put("trials", evaluation.results().size());
        json.put("successes", evaluation.successes());
        json.put("wilson95", List.of(evaluation.interval().low(), evaluation.interval().high()));
        json.put("chance", evaluation.chance());
        json.put("ocr", evaluation.ocr());
        json.put("mathematics", evaluation.mathematics());
        json.put("results", evaluation.results().stream().map(EvaluationReport::json).toList());
        JsonReport.write(json, file);
    }

    private static Map<String, Object> json(final TrialResult result) {
        final Map<String, Object> json = new LinkedHashMap<>();
        json.put("equation", result.trial().equation().text());
        json.put("cards", result.trial().cards());
        json.put("reasoning", result.reasoning());
        json.put("ocr", result.scores().ocr());
        json.put("mathematics", result.scores().mathematics());
        json.put("success", result.success());
        json.put("outcome", result.outcome());
        json.put("seconds", result.seconds());
        json.put("held", result.held());
        return json;
    }
}
