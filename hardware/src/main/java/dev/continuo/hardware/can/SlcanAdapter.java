package dev.continuo.hardware.can;

import dev.continuo.hardware.linux.RawDescriptor;
import java.nio.charset.StandardCharsets;

/**
 * The device side of serial-line CAN: behaves as an adapter whose bus is whoever holds this object. For simulated motors behind a
 * pseudo-terminal, and for tests against other hosts.
 *
 * <p>Frames that the host transmits are what {@link #poll} delivers; frames that are {@link #send sent} here are what the host
 * receives, while its channel is open.
 */
public final class SlcanAdapter implements CanBus {
    private static final byte[] VERSION = "V1013".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SERIAL = "N4242".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] STATUS = "F00".getBytes(StandardCharsets.US_ASCII);
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int STAMP_MODULUS = 60_000;

    private final SlcanPort port = new SlcanPort();
    private final boolean acknowledges;
    private final SlcanLines.Sink sink = new Lines();
    private boolean open;
    private boolean listenOnly;
    private boolean stamps;
    private boolean lost;
    private int bitRateCode = -1;
    private long dropped;
    private long malformed;
    private CanFrameHandler handler;
    private long nowNanos;
    private int delivered;

    /**
     * Serves a host on a terminal's device end.
     *
     * @param acknowledges whether it answers as the original adapter does; common USB adapters answer nothing to frames and commands
     */
    public SlcanAdapter(final RawDescriptor device, final boolean acknowledges) {
        this.acknowledges = acknowledges;
        port.attach(device);
    }

    @Override
    public boolean send(final int id, final long data, final int length) {
        if (isConnected() && CanFrames.isWellFormed(id, length)) {
            if (!port.hasRoom()) {
                flush();
            }
            if (port.hasRoom()) {
                final int stamp = stamps ? (int) (nowNanos / NANOS_PER_MILLI % STAMP_MODULUS) : -1;
                SlcanCodec.encode(id, data, length, stamp, port.outgoing());
                return true;
            }
        }
        dropped++;
        return false;
    }

    @Override
    public void flush() {
        lost |= !port.flush(Integer.MAX_VALUE);
    }

    @Override
    public int poll(final CanFrameHandler frameHandler, final long pollNanos, final int limit) {
        handler = frameHandler;
        nowNanos = pollNanos;
        delivered = 0;
        int progress = lost ? -1 : 1;
        while (progress > 0 && delivered < limit) {
            progress = port.next(sink);
        }
        lost |= progress < 0;
        flush();
        return delivered;
    }

    @Override
    public boolean isConnected() {
        return open && !lost;
    }

    /** The digit of the last accepted {@code S} command; -1 before. 8 is 1 Mbit/s. */
    public int bitRateCode() {
        return bitRateCode;
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
        return "slcan adapter's device side" + (open ? ", channel open" : ", channel closed") + (lost ? ", host gone" : "");
    }

    @Override
    public void close() {
        port.detach();
        lost = true;
    }

    private void accept() {
        if (acknowledges) {
            port.put(SlcanCodec.RETURN);
        }
    }

    private void refuse() {
        port.put(SlcanCodec.BELL);
    }

    /** What the host sends. */
    private final class Lines implements SlcanLines.Sink {

        @Override
        public void onLine(final byte[] line, final int length) {
            if (SlcanCodec.isFrame(line[0])) {
                transmit(line, length);
            } else {
                command(line, length);
            }
        }

        private void transmit(final byte[] line, final int length) {
            if (!open || listenOnly) {
                refuse();
            } else if (SlcanCodec.decode(line, length, handler, nowNanos)) {
                delivered++;
                if (acknowledges) {
                    port.put((byte) (line[0] == 'T' || line[0] == 'R' ? 'Z' : 'z'));
                    accept();
                }
            } else {
                malformed++;
                refuse();
            }
        }

        private void command(final byte[] line, final int length) {
            switch (line[0]) {
                case 'S' -> setBitRate(line, length);
                case 'O', 'L' -> {
                    open = true;
                    listenOnly = line[0] == 'L';
                    accept();
                }
                case 'C' -> {
                    open = false;
                    accept();
                }
                case 'Z' -> {
                    stamps = length > 1 && line[1] == '1';
                    accept();
                }
                case 'V' -> port.put(VERSION);
                case 'N' -> port.put(SERIAL);
                case 'F' -> port.put(STATUS);
                case 's', 'M', 'A' -> accept();
                default -> refuse();
            }
        }

        private void setBitRate(final byte[] line, final int length) {
            final int digit = length == 2 ? Character.digit(line[1], 10) : -1;
            if (open || digit < 0 || digit > 8) {
                refuse();
            } else {
                bitRateCode = digit;
                accept();
            }
        }

        @Override
        public void onBell() {
            // A host refuses nothing.
        }
    }
}
