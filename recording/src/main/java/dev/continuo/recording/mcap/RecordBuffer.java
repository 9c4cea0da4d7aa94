package dev.continuo.recording.mcap;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableDirectByteBuffer;

/** MCAP records one after another in memory. Grows as needed and keeps what it grew to. */
final class RecordBuffer {
    /** The record's kind, then how many bytes follow. */
    static final int HEAD_BYTES = 1 + Long.BYTES;

    private final ExpandableDirectByteBuffer bytes;
    private int length;
    private int contentAt;

    RecordBuffer(final int initialBytes) {
        bytes = new ExpandableDirectByteBuffer(initialBytes);
    }

    /** Begins a record; {@link #end(int)} says for the last one begun how long it became. */
    RecordBuffer begin(final Opcode kind) {
        u8(kind.code());
        u64(0);
        contentAt = length;
        return this;
    }

    RecordBuffer end() {
        return end(0);
    }

    /** @param followingBytes how much of the record's content follows elsewhere */
    RecordBuffer end(final int followingBytes) {
        bytes.putLong(contentAt - Long.BYTES, (long) length - contentAt + followingBytes, LITTLE_ENDIAN);
        return this;
    }

    RecordBuffer u8(final int value) {
        bytes.putByte(length, (byte) value);
        length += Byte.BYTES;
        return this;
    }

    RecordBuffer u16(final int value) {
        bytes.putShort(length, (short) value, LITTLE_ENDIAN);
        length += Short.BYTES;
        return this;
    }

    RecordBuffer u32(final long value) {
        bytes.putInt(length, (int) value, LITTLE_ENDIAN);
        length += Integer.BYTES;
        return this;
    }

    RecordBuffer u64(final long value) {
        bytes.putLong(length, value, LITTLE_ENDIAN);
        length += Long.BYTES;
        return this;
    }

    RecordBuffer raw(final byte[] data) {
        bytes.putBytes(length, data);
        length += data.length;
        return this;
    }

    RecordBuffer raw(final ByteBuffer data) {
        final int dataLength = data.remaining();
        bytes.putBytes(length, data, data.position(), dataLength);
        length += dataLength;
        return this;
    }

    RecordBuffer raw(final DirectBuffer data, final int offset, final int dataLength) {
        bytes.putBytes(length, data, offset, dataLength);
        length += dataLength;
        return this;
    }

    RecordBuffer text(final String text) {
        final byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return u32(utf8.length).raw(utf8);
    }

    /** Entries sorted by their key, so that the same map always makes the same bytes. */
    RecordBuffer map(final Map<String, String> entries) {
        final int list = beginList();
        new TreeMap<>(entries).forEach((key, value) -> text(key).text(value));
        return endList(list);
    }

    /** Begins what MCAP calls an array or a map: elements behind their length in bytes. */
    int beginList() {
        u32(0);
        return length;
    }

    RecordBuffer endList(final int list) {
        bytes.putInt(list - Integer.BYTES, length - list, LITTLE_ENDIAN);
        return this;
    }

    /** Bytes of all records so far. */
    int length() {
        return length;
    }

    /** Where the content of the record begun last starts. */
    int contentAt() {
        return contentAt;
    }

    /** The bytes from there to the end, valid until the next change. */
    ByteBuffer from(final int start) {
        return bytes.byteBuffer().duplicate().position(start).limit(length);
    }

    RecordBuffer clear() {
        length = 0;
        return this;
    }
}
