package dev.continuo.benchmarks.fuzz;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.continuo.benchmarks.Circumstances;
import dev.continuo.benchmarks.Table;
import java.util.List;
import java.util.Locale;

/**
 * What fuzzing came to.
 *
 * @param targets one after the other
 */
public record FuzzReport(Circumstances circumstances, List<Target> targets) {
    /**
     * One target.
     *
     * @param executions inputs that were tried
     * @param seconds    that took
     * @param coverage   edges of the code that were reached
     * @param corpus     inputs that are kept because they reach something
     * @param finding    what went wrong, and with which input; empty if nothing did
     */
    public record Target(String name, long executions, double seconds, int coverage, int corpus, String finding) {
        Target and(final Target later) {
            return new Target(name, executions + later.executions, seconds + later.seconds, Math.max(coverage, later.coverage), Math.max(corpus, later.corpus),
                finding.isEmpty() ? later.finding : finding);
        }
    }

    /** Inputs that were tried of all targets. */
    public long executions() {
        return targets.stream().mapToLong(Target::executions).sum();
    }

    /** Whether something went wrong somewhere. */
    @JsonIgnore
    public boolean isClean() {
        return targets.stream().allMatch(target -> target.finding.isEmpty());
    }

    /** A table for people, and what was found. */
    public String text() {
        final Table table = new Table("target", "executions", "a second", "edges", "corpus", "found");
        final StringBuilder found = new StringBuilder();
        for (final Target target : targets) {
            table.row(List.of(target.name, String.format(Locale.ROOT, "%,d", target.executions), String.format(Locale.ROOT, "%,.0f", target.executions / Math.max(1e-9, target.seconds)),
                Integer.toString(target.coverage), Integer.toString(target.corpus), target.finding.isEmpty() ? "nothing" : "see below"));
            if (!target.finding.isEmpty()) {
                found.append(target.name).append(": ").append(target.finding).append('\n');
            }
        }
        return circumstances.text() + "\n" + table.render() + String.format(Locale.ROOT, "%,d executions in all%n", executions()) + found;
    }
}
