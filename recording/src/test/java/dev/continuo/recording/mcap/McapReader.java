package dev.continuo.recording.mcap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;

/** A whole MCAP file taken apart for tests, by the specification alone: nothing of what writes them is used here. */
public final class McapReader {
    private static final int MAGIC_BYTES = 8;
    private static final int HEAD_BYTES = 9;
    private static final String MAGIC = "\u0089MCAP0\r\n";

    /** A record: its first byte, where it begins in its file or chunk, how long it is with its head, and a reader over its content. */
    record Entry(int kind, long at, long length, ByteBuffer bytes) {
        ByteBuffer content() {
            return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    public record Message(int channel, long sequence, long logTime, long publishTime, byte[] data) {
    }

    record Schema(int id, String name, String encoding, String text) {
    }

    record Channel(int id, int schemaId, String topic, String encoding, Map<String, String> metadata) {
    }

    private final ByteBuffer file;
    private final List<Entry> entries;

    public McapReader(final Path path) throws IOException {
        file = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(MAGIC, latin(0), "first bytes");
        assertEquals(MAGIC, latin(file.capacity() - MAGIC_BYTES), "last bytes");
        entries = split(file.slice(MAGIC_BYTES, file.capacity() - 2 * MAGIC_BYTES), MAGIC_BYTES);
    }

    private String latin(final int at) {
        final byte[] magic = new byte[MAGIC_BYTES];
        file.get(at, magic);
        return new String(magic, StandardCharsets.ISO_8859_1);
    }

    private static List<Entry> split(final ByteBuffer bytes, final long origin) {
        final ByteBuffer rest = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        final List<Entry> found = new ArrayList<>();
        while (rest.hasRemaining()) {
            final int at = rest.position();
            final int kind = rest.get();
            final int length = Math.toIntExact(rest.getLong());
            found.add(new Entry(kind, origin + at, HEAD_BYTES + length, rest.slice(rest.position(), length)));
            rest.position(rest.position() + length);
        }
        return found;
    }

    /** The records of the file itself, those within chunks not among them. */
    List<Entry> entries() {
        return entries;
    }

    List<Entry> entries(final int kind) {
        return entries.stream().filter(entry -> entry.kind == kind).toList();
    }

    Entry only(final int kind) {
        assertEquals(1, entries(kind).size(), "records of the kind " + kind);
        return entries(kind).getFirst();
    }

    Entry at(final long offset) {
        return entries.stream().filter(entry -> entry.at == offset).findFirst().orElseThrow();
    }

    /** The CRC-32 of a part of the file. */
    long crc(final long from, final long to) {
        final CRC32 crc = new CRC32();
        crc.update(file.slice((int) from, (int) (to - from)));
        return crc.getValue();
    }

    /** What is inside a chunk, after its size and its checksum were found right. */
    static List<Entry> inside(final Entry chunk) {
        final ByteBuffer content = chunk.content();
        content.getLong();
        content.getLong();
        final int size = Math.toIntExact(content.getLong());
        final long expected = Integer.toUnsignedLong(content.getInt());
        assertEquals("zstd", text(content));
        final byte[] compressed = new byte[Math.toIntExact(content.getLong())];
        content.get(compressed);
        assertEquals(0, content.remaining());
        final byte[] plain = Zstd.decompress(compressed, size);
        final CRC32 crc = new CRC32();
        crc.update(plain);
        assertEquals(expected, crc.getValue(), "checksum of a chunk");
        return split(ByteBuffer.wrap(plain), 0);
    }

    /** All messages, in the order of the file. */
    public List<Message> messages() {
        return entries(0x06).stream().flatMap(chunk -> inside(chunk).stream()).filter(entry -> entry.kind == 0x05).map(McapReader::message).toList();
    }

    /** The numbers of the messages of a topic, in the order of the file. */
    public List<Long> sequences(final String topic) {
        final int id = entries(0x04).stream().map(McapReader::channel).filter(channel -> channel.topic.equals(topic)).findFirst().orElseThrow().id;
        return messages().stream().filter(message -> message.channel == id).map(Message::sequence).toList();
    }

    static Message message(final Entry entry) {
        final ByteBuffer content = entry.content();
        final int channel = Short.toUnsignedInt(content.getShort());
        final long sequence = Integer.toUnsignedLong(content.getInt());
        final long logTime = content.getLong();
        final long publishTime = content.getLong();
        final byte[] data = new byte[content.remaining()];
        content.get(data);
        return new Message(channel, sequence, logTime, publishTime, data);
    }

    static Schema schema(final Entry entry) {
        final ByteBuffer content = entry.content();
        return new Schema(Short.toUnsignedInt(content.getShort()), text(content), text(content), text(content));
    }

    static Channel channel(final Entry entry) {
        final ByteBuffer content = entry.content();
        return new Channel(Short.toUnsignedInt(content.getShort()), Short.toUnsignedInt(content.getShort()), text(content), text(content), map(content));
    }

    static String text(final ByteBuffer content) {
        final byte[] utf8 = new byte[content.getInt()];
        content.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }

    static Map<String, String> map(final ByteBuffer content) {
        final Map<String, String> entries = new TreeMap<>();
        final ByteBuffer list = list(content);
        while (list.hasRemaining()) {
            entries.put(text(list), text(list));
        }
        return entries;
    }

    /** The elements of an array or map whose length stands before it. */
    static ByteBuffer list(final ByteBuffer content) {
        final int length = content.getInt();
        final ByteBuffer list = content.slice(content.position(), length).order(ByteOrder.LITTLE_ENDIAN);
        content.position(content.position() + length);
        return list;
    }
}
