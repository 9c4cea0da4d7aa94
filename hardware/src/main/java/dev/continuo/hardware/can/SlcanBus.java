package dev.continuo.hardware.can;

import dev.continuo.config.ProfileException;
import dev.continuo.hardware.can.CanTroubles.Trouble;
import dev.continuo.hardware.linux.Tty;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A CAN bus behind a serial-line adapter (Lawicel ASCII at 1 Mbit/s), opened without kernel support for CAN.
 *
 * <p>It waits for no acknowledgement, because many adapters give none. The frames of a cycle go out in one write, one USB transfer.
 * {@link #poll} opens the adapter's channel and, after a loss, the tty anew. While connected no call allocates.
 */
public final class SlcanBus implements CanBus {
    /** Least time between two attempts to open the tty after a loss. */
    public static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    /** Pause after closing the channel, in which what the adapter still had to say is thrown away. */
    public static final long SETTLE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** The line of a frame with an 11-bit identifier and eight bytes. */
    private static final int FULL_FRAME_BYTES = 1 + 3 + 1 + 16 + 1;
    private static final byte[] EMPTY = {};
    private static final byte[] CLOSE = ascii("C");
    private static final byte[] ONE_MEGABIT = ascii("S8");
    private static final byte[] OPEN = ascii("O");

    /** How far opening has got. */
    private enum Phase {
        CLOSED,
        SETTLING,
        OPEN
    }

    private final Path path;
    private final int batchBytes;
    private final SlcanPort port = new SlcanPort();
    private final SlcanLines.Sink sink = new Lines();
    private Phase phase = Phase.CLOSED;
    private long phaseSinceNanos;
    private boolean begun;
    private boolean closed;
    private String complaint = "";
    private long dropped;
    private long malformed;
    private long refused;
    private CanFrameHandler handler;
    private long nowNanos;
    private int delivered;

    /**
     * Opens an adapter's tty.
     *
     * @param path        the tty, best by a name that carries the adapter's serial number
     * @param batchFrames frames in one write at most; 0 is a whole cycle's
     * @throws ProfileException if it is absent, no tty, in use or not permitted
     */
    public SlcanBus(final Path path, final int batchFrames) {
        this.path = path;
        batchBytes = batchFrames == 0 ? Integer.MAX_VALUE : batchFrames * FULL_FRAME_BYTES;
        port.attach(Tty.open(path));
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public boolean send(final int id, final long data, final int length) {
        if (phase == Phase.OPEN && CanFrames.isWellFormed(id, length)) {
            if (!port.hasRoom()) {
                flush();
            }
            if (port.hasRoom() && phase == Phase.OPEN) {
                SlcanCodec.encode(id, data, length, -1, port.outgoing());
                return true;
            }
        }
        dropped++;
        return false;
    }

    @Override
    public void flush() {
        if (port.isAttached() && !port.flush(batchBytes)) {
            lose();
        }
    }

    @Override
    public int poll(final CanFrameHandler frameHandler, final long pollNanos, final int limit) {
        if (phase != Phase.OPEN) {
            advance(pollNanos);
            return 0;
        }
        handler = frameHandler;
        nowNanos = pollNanos;
        delivered = 0;
        int progress = 1;
        while (progress > 0 && delivered < limit) {
            progress = port.next(sink);
        }
        if (progress < 0) {
            lose();
            phaseSinceNanos = pollNanos;
        }
        return delivered;
    }

    private void advance(final long pollNanos) {
        if (closed) {
            return;
        }
        if (phase == Phase.SETTLING) {
            if (pollNanos - phaseSinceNanos >= SETTLE_NANOS) {
                port.discardReceived();
                port.put(ONE_MEGABIT);
                port.put(OPEN);
                phase = Phase.OPEN;
                flush();
            }
            return;
        }
        if (!port.isAttached() && !reopen(pollNanos)) {
            return;
        }
        // The empty line ends whatever half a line the adapter may hold.
        port.put(EMPTY);
        port.put(CLOSE);
        phase = Phase.SETTLING;
        phaseSinceNanos = pollNanos;
        flush();
    }

    private boolean reopen(final long pollNanos) {
        if (begun && pollNanos - phaseSinceNanos < RETRY_NANOS) {
            return false;
        }
        begun = true;
        phaseSinceNanos = pollNanos;
        try {
            port.attach(Tty.open(path));
            complaint = "";
            return true;
        } catch (final ProfileException stillGone) {
            complaint = stillGone.getMessage();
            return false;
        }
    }

    private void lose() {
        complaint = port.detach();
        phase = Phase.CLOSED;
        begun = true;
    }

    @Override
    public boolean isConnected() {
        return phase == Phase.OPEN;
    }

    /** Times that the adapter refused something. */
    public long refusals() {
        return refused;
    }

    @Override
    public long droppedFrames() {
        return dropped;
    }

    @Override
    public long malformedFrames() {
        return malformed + port.malformed();
    }

    @Override
    public String describe() {
        return "slcan adapter " + path + (isConnected() ? "" : ", not open") + (complaint.isEmpty() ? "" : " (" + complaint + ")")
            + (refused == 0 ? "" : ", refused " + refused + " lines");
    }

    @Override
    public void close() {
        closed = true;
        if (port.isAttached()) {
            port.put(CLOSE);
            port.flush(Integer.MAX_VALUE);
            port.detach();
        }
        phase = Phase.CLOSED;
    }

    /** What the adapter sends. */
    private final class Lines implements SlcanLines.Sink {

        @Override
        public void onLine(final byte[] line, final int length) {
            if (SlcanCodec.isFrame(line[0])) {
                if (SlcanCodec.decode(line, length, handler, nowNanos)) {
                    delivered++;
                } else {
                    malformed++;
                }
            } else if (line[0] == 's' && length > 1 && line[1] == 'b') {
                error(Trouble.BUS_OFF);
            } else if (line[0] == 'e' && length > 2) {
                error(line[2] == 'a' ? Trouble.NOT_ACKNOWLEDGED : Trouble.PROTOCOL_VIOLATION);
            }
            // Anything else is an acknowledgement, a version, or a vendor's own: of no use here.
        }

        private void error(final Trouble trouble) {
            delivered++;
            handler.onFrame(CanFrames.ERROR_FLAG | trouble.errorClass, 0, CanFrames.MAX_LENGTH, nowNanos);
        }

        @Override
        public void onBell() {
            refused++;
        }
    }
}
