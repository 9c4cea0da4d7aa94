package dev.continuo.hardware.can;

/**
 * Cuts a stream of bytes into serial-line CAN lines. It takes anything: what is no line is counted and skipped up to the next end
 * of a line.
 */
public final class SlcanLines {
    /** Receives the lines. */
    public interface Sink {
        /**
         * One line that is not empty.
         *
         * @param line   valid during the call only
         * @param length bytes of the line, without its end
         */
        void onLine(byte[] line, int length);

        /** The other side refused something. */
        void onBell();
    }

    private static final byte NEW_LINE = 0x0A;
    private static final byte FIRST_PRINTABLE = 0x20;

    private final byte[] line = new byte[SlcanCodec.LONGEST_LINE];
    private int length;
    private boolean skipping;
    private long malformed;

    /** At the beginning of a line. */
    public SlcanLines() {
    }

    /** Takes the next byte. */
    public void accept(final byte next, final Sink sink) {
        if (next == SlcanCodec.RETURN || next == SlcanCodec.BELL) {
            end(sink);
            if (next == SlcanCodec.BELL) {
                sink.onBell();
            }
        } else if (next == NEW_LINE) {
            return; // Some adapters end their lines with both.
        } else if (next < FIRST_PRINTABLE || length == line.length) {
            skipping = true;
        } else if (!skipping) {
            line[length++] = next;
        }
    }

    private void end(final Sink sink) {
        if (skipping) {
            malformed++;
        } else if (length > 0) {
            sink.onLine(line, length);
        }
        reset();
    }

    /** Forgets the beginning of a line. */
    void reset() {
        skipping = false;
        length = 0;
    }

    long malformed() {
        return malformed;
    }
}
