package dev.continuo.hardware.can;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What the controller of a bus complained of since the start, by what it means. Written by the arm's thread; another that reads it sees it late, which is
 * good enough for a display. Counting does not allocate.
 */
public final class CanTroubles {
    /** The bits of all error frames that are counted here, as the kernel's error mask wants them. */
    static final int ALL_CLASSES = 0x1FF;

    private static final int CONTROLLER_CLASS = 0x04;
    private static final int CONTROLLER_BYTE = 1;
    private static final int OVERFLOWS = 0x03;
    private static final int WARNINGS = 0x0C;
    private static final int PASSIVES = 0x30;

    /** One kind of trouble on a bus. */
    public enum Trouble {
        /** A frame waited too long to be sent. */
        TRANSMIT_TIMEOUT(0x01),
        /** A frame of a lower identifier went first. */
        ARBITRATION_LOST(0x02),
        /** A frame broke the protocol. */
        PROTOCOL_VIOLATION(0x08),
        /** The wires: cut, shorted, or a transceiver that is off. */
        TRANSCEIVER(0x10),
        /** Nobody acknowledged a frame: nobody is on the bus, or their power is off. */
        NOT_ACKNOWLEDGED(0x20),
        /** Too many errors: the controller left the bus. */
        BUS_OFF(0x40),
        /** An error on the wires. */
        BUS_ERROR(0x80),
        /** The controller is back after it had left the bus. */
        RESTARTED(0x100),
        /** The controller lost frames, on the way out or in. */
        OVERFLOW(0),
        /** Many errors. */
        ERROR_WARNING(0),
        /** So many errors that the controller may not signal them any more: the next state is bus-off. */
        ERROR_PASSIVE(0);

        /** The bit of its class in an error frame's identifier; 0 where the frame's data tell it. */
        final int errorClass;

        Trouble(final int errorClass) {
            this.errorClass = errorClass;
        }
    }

    private static final Trouble[] TROUBLES = Trouble.values();

    private final long[] counts = new long[TROUBLES.length];

    CanTroubles() {
    }

    /**
     * Takes note of an error frame.
     *
     * @param id   with the flag of error frames and the bits of its classes
     * @param data D0 most significant
     */
    void count(final int id, final long data) {
        for (final Trouble trouble : TROUBLES) {
            if ((id & trouble.errorClass) != 0) {
                counts[trouble.ordinal()]++;
            }
        }
        if ((id & CONTROLLER_CLASS) != 0) {
            final int state = CanFrames.byteAt(data, CONTROLLER_BYTE);
            counts[Trouble.OVERFLOW.ordinal()] += (state & OVERFLOWS) != 0 ? 1 : 0;
            counts[Trouble.ERROR_WARNING.ordinal()] += (state & WARNINGS) != 0 ? 1 : 0;
            counts[Trouble.ERROR_PASSIVE.ordinal()] += (state & PASSIVES) != 0 ? 1 : 0;
        }
    }

    /** Whether an error frame tells of something. */
    public static boolean tells(final int id, final Trouble trouble) {
        return (id & CanFrames.ERROR_FLAG) != 0 && (id & trouble.errorClass) != 0;
    }

    /** How often the controller complained of something. */
    public long count(final Trouble trouble) {
        return counts[trouble.ordinal()];
    }

    /** What there was, for people: {@code bus off 1, restarted 1}; empty if there was nothing. */
    public String text() {
        return Arrays.stream(TROUBLES).filter(trouble -> count(trouble) > 0)
            .map(trouble -> trouble.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ' ' + count(trouble)).collect(Collectors.joining(", "));
    }
}
