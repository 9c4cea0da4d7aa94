package dev.continuo.supervision.roles;

import dev.continuo.supervision.report.RunReport;

/**
 * How a run ended.
 *
 * @param report what it leaves behind
 * @param end    why it ended
 */
public record RunOutcome(RunReport report, End end) {

    /** Why a run ended. */
    public sealed interface End {

        /** Its time was up, or somebody asked it to. */
        record Asked() implements End {
        }

        /** It could not begin with this configuration. */
        record Unusable(String why) implements End {
        }

        /** Something failed for good. */
        record Failed(String why) implements End {
        }
    }
}
