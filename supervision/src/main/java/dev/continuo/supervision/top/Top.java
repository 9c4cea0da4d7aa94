package dev.continuo.supervision.top;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Draws a running service on a terminal, again and again. */
public final class Top {
    private static final long DRAW_MILLIS = 500;
    /** Another screen, whose content is gone afterwards, and no cursor. */
    private static final String ENTER = "\u001b[?1049h\u001b[?25l";
    private static final String LEAVE = "\u001b[?25h\u001b[?1049l";
    private static final String HOME = "\u001b[H";
    private static final String END_OF_LINE = "\u001b[K\r\n";
    private static final String END_OF_SCREEN = "\u001b[J";

    private final ServiceEvents events = new ServiceEvents();
    private final Connection connection;
    private final PrintStream out;

    /** Of the service at an address. */
    public Top(final ServiceAddress address, final PrintStream out) {
        connection = new Connection(address, events);
        this.out = out;
    }

    /** Draws until the process is ended. */
    public void drawOn(final int columns, final int rows) throws InterruptedException {
        connection.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            out.print(LEAVE);
            out.flush();
        }));
        out.print(ENTER);
        final Screen screen = new Screen(true);
        while (true) {
            final List<String> lines = screen.draw(events, connection.lost(), columns, rows - 1);
            out.print(HOME + String.join(END_OF_LINE, lines) + END_OF_LINE + END_OF_SCREEN);
            out.flush();
            TimeUnit.MILLISECONDS.sleep(DRAW_MILLIS);
        }
    }

    /**
     * Prints one screen without colours, once there is something on it.
     *
     * @param patienceSeconds how long to wait for the service
     * @return whether the service answered
     */
    public boolean drawOnce(final int columns, final int patienceSeconds) throws InterruptedException {
        connection.start();
        final long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(patienceSeconds);
        while (events.newest("latency").isMissingNode() || events.newest("report").isMissingNode()) {
            if (System.nanoTime() > until) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        new Screen(false).draw(events, connection.lost(), columns, Integer.MAX_VALUE).forEach(out::println);
        return true;
    }
}
