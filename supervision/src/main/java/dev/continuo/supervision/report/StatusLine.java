package dev.continuo.supervision.report;

import java.io.PrintStream;
import java.util.Locale;

/**
 * The live status: one line that is drawn over on a terminal. Where there is none it is a plain line now and then, and one as soon as the
 * phase, what is wrong or the number of ended trials changes, at most one a second.
 *
 * <p>Used by one thread.
 */
public final class StatusLine {
    private static final double PLAIN_PERIOD_SECONDS = 10;
    private static final double SHORTEST_PLAIN_PERIOD_SECONDS = 1;
    private static final int DEFAULT_COLUMNS = 120;

    private final PrintStream out;
    private final boolean terminal;
    private final int columns;
    private double lastPlainSeconds = Double.NEGATIVE_INFINITY;
    private String lastNews = "";
    private boolean drawn;

    /**
     * A status line.
     *
     * @param terminal whether lines can be drawn over
     * @param columns  the width that a line must not exceed; 0 if it is not known
     */
    public StatusLine(final PrintStream out, final boolean terminal, final int columns) {
        this.out = out;
        this.terminal = terminal;
        this.columns = columns > 0 ? columns : DEFAULT_COLUMNS;
    }

    /** Shows the status, if it is time to. */
    public void show(final RunStatus status) {
        if (terminal) {
            out.print("\r" + cut(render(status), columns - 1) + "\u001b[K");
            out.flush();
            drawn = true;
            return;
        }
        final String news = status.phase() + '\n' + status.notice() + '\n' + status.ended();
        final double sinceSeconds = status.seconds() - lastPlainSeconds;
        if (sinceSeconds >= PLAIN_PERIOD_SECONDS || (sinceSeconds >= SHORTEST_PLAIN_PERIOD_SECONDS && !news.equals(lastNews))) {
            out.println(render(status));
            lastPlainSeconds = status.seconds();
            lastNews = news;
        }
    }

    /** Prints a line of its own, above the status. */
    public void say(final String line) {
        out.println(drawn ? "\r" + line + "\u001b[K" : line);
        out.flush();
        drawn = false;
    }

    static String render(final RunStatus status) {
        final StringBuilder line = new StringBuilder();
        line.append(String.format(Locale.ROOT, "%6.1f s  %s", status.seconds(), status.phase()));
        if (status.trial() > 0) {
            line.append(String.format(Locale.ROOT, "  trial %d: %s  (%d/%d)", status.trial(), status.asked(), status.successes(),
                status.ended()));
        }
        line.append(String.format(Locale.ROOT, "  loop p99 %.3f ms  missed %d  held %d", status.loopP99Nanos() / 1e6, status.missed(),
            status.held()));
        if (!status.notice().isEmpty()) {
            line.append("  ! ").append(status.notice());
        }
        if (!status.reasoning().isEmpty()) {
            line.append("  “").append(status.reasoning().replaceAll("\\s+", " ").strip()).append('”');
        }
        return line.toString();
    }

    private static String cut(final String line, final int width) {
        return line.length() <= width ? line : line.substring(0, Math.max(0, width - 1)) + "…";
    }
}
