package dev.continuo.recording.mcap;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * Encodes messages as ROS 2 does: plain CDR (XCDR version 1), little endian, behind the four bytes that say so. A value of {@code n} bytes stands at a multiple of
 * {@code n} from the end of these four. Made once and used again: {@link #begin()} forgets the message before.
 */
public final class CdrWriter {
    /** The representation identifier {@code CDR_LE} and two bytes of options. */
    private static final byte[] ENCAPSULATION = {0, 1, 0, 0};

    private final ExpandableArrayBuffer bytes = new ExpandableArrayBuffer();
    private int length;

    /** Makes an empty message. */
    public CdrWriter() {
        begin();
    }

    /**
     * Begins a message.
     *
     * @return this
     */
    public CdrWriter begin() {
        bytes.putBytes(0, ENCAPSULATION);
        length = ENCAPSULATION.length;
        return this;
    }

    /**
     * Adds a {@code bool}.
     *
     * @param value the value
     * @return this
     */
    public CdrWriter bool(final boolean value) {
        return uint8(value ? 1 : 0);
    }

    /**
     * Adds a {@code uint8}, {@code int8} or {@code byte}.
     *
     * @param value its lower 8 bits
     * @return this
     */
    public CdrWriter uint8(final int value) {
        bytes.putByte(length, (byte) value);
        length += Byte.BYTES;
        return this;
    }

    /**
     * Adds a {@code uint16} or {@code int16}.
     *
     * @param value its lower 16 bits
     * @return this
     */
    public CdrWriter uint16(final int value) {
        align(Short.BYTES);
        bytes.putShort(length, (short) value, LITTLE_ENDIAN);
        length += Short.BYTES;
        return this;
    }

    /**
     * Adds a {@code uint32} or {@code int32}.
     *
     * @param value its lower 32 bits
     * @return this
     */
    public CdrWriter uint32(final long value) {
        align(Integer.BYTES);
        bytes.putInt(length, (int) value, LITTLE_ENDIAN);
        length += Integer.BYTES;
        return this;
    }

    /**
     * Adds a {@code uint64} or {@code int64}.
     *
     * @param value the value
     * @return this
     */
    public CdrWriter uint64(final long value) {
        align(Long.BYTES);
        bytes.putLong(length, value, LITTLE_ENDIAN);
        length += Long.BYTES;
        return this;
    }

    /**
     * Adds a {@code float32}.
     *
     * @param value the value
     * @return this
     */
    public CdrWriter float32(final float value) {
        return uint32(Float.floatToRawIntBits(value));
    }

    /**
     * Adds a {@code float64}.
     *
     * @param value the value
     * @return this
     */
    public CdrWriter float64(final double value) {
        return uint64(Double.doubleToRawLongBits(value));
    }

    /**
     * Adds a {@code string}: UTF-8 with a zero at its end.
     *
     * @param text the text
     * @return this
     */
    public CdrWriter string(final String text) {
        final byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        uint32(utf8.length + 1L);
        bytes.putBytes(length, utf8);
        length += utf8.length;
        return uint8(0);
    }

    /**
     * Begins a sequence of any type: its elements follow, as those of an array of fixed size do without this.
     *
     * @param elements how many
     * @return this
     */
    public CdrWriter sequence(final int elements) {
        return uint32(elements);
    }

    /**
     * Adds a {@code string[]}.
     *
     * @param texts the elements
     * @return this
     */
    public CdrWriter strings(final Iterable<String> texts) {
        final int countAt = uint32(0).length - Integer.BYTES;
        int count = 0;
        for (final String text : texts) {
            string(text);
            count++;
        }
        bytes.putInt(countAt, count, LITTLE_ENDIAN);
        return this;
    }

    /**
     * Adds a {@code float64[]}.
     *
     * @param values the elements
     * @return this
     */
    public CdrWriter float64s(final double... values) {
        return sequence(values.length).float64Array(values);
    }

    /**
     * Adds a {@code float64[N]}, whose size the type tells.
     *
     * @param values the elements
     * @return this
     */
    public CdrWriter float64Array(final double... values) {
        for (final double value : values) {
            float64(value);
        }
        return this;
    }

    /**
     * Adds a {@code uint8[]}.
     *
     * @param data       where the elements are
     * @param offset     the first one
     * @param dataLength how many
     * @return this
     */
    public CdrWriter uint8s(final DirectBuffer data, final int offset, final int dataLength) {
        sequence(dataLength);
        bytes.putBytes(length, data, offset, dataLength);
        length += dataLength;
        return this;
    }

    /**
     * The message is in here from 0 to {@link #length()}, until the next call that adds to it or begins another.
     *
     * @return not to be written to
     */
    public DirectBuffer buffer() {
        return bytes;
    }

    /**
     * How long the message is by now.
     *
     * @return bytes, the four at its beginning among them
     */
    public int length() {
        return length;
    }

    private void align(final int size) {
        final int padding = -(length - ENCAPSULATION.length) & (size - 1);
        bytes.setMemory(length, padding, (byte) 0);
        length += padding;
    }
}
