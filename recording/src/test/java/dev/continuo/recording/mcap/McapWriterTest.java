package dev.continuo.recording.mcap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class McapWriterTest {
    private static final int CHANNELS = 3;
    private static final int CHUNK_BYTES = 1 << 20;

    /** A message to be written: data of a few bytes up to a quarter of a chunk. */
    record Planned(int channel, long time, int bytes) {
        byte[] data() {
            final byte[] data = new byte[bytes];
            new Random(31L * bytes + time).nextBytes(data);
            return data;
        }
    }

    @TempDir
    private Path folder;

    private static void write(final McapWriter writer, final int channel, final long sequence, final long time, final byte[] data) {
        writer.message(channel, sequence, time, time + 1, new UnsafeBuffer(data), 0, data.length);
    }

    private static McapReader written(final Path file, final List<Planned> plan) throws IOException {
        try (McapWriter writer = McapWriter.create(file)) {
            final int schema = writer.schema("pkg/msg/Type", "ros2msg", "uint8 x\n".getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < CHANNELS; i++) {
                writer.channel("/topic" + i, schema, "cdr", Map.of("b", "2", "a", "1"));
            }
            for (int i = 0; i < plan.size(); i++) {
                write(writer, plan.get(i).channel, i, plan.get(i).time, plan.get(i).data());
            }
            writer.complete();
        }
        return new McapReader(file);
    }

    @Property(tries = 40)
    void allThatIsWrittenIsFoundAgainByEveryWay(@ForAll @Size(max = 30) final List<@From("planned") Planned> plan) throws IOException {
        final Path scratch = Files.createTempDirectory("mcap");
        final Path path = scratch.resolve("a.mcap");
        try {
            final McapReader file = written(path, plan);
            assertMessages(plan, file);
            assertChunks(file);
            assertChecksums(file);
            assertSummary(plan, file);
        } finally {
            Files.deleteIfExists(path);
            Files.delete(scratch);
        }
    }

    @Provide
    Arbitrary<Planned> planned() {
        return Combinators.combine(Arbitraries.integers().between(1, CHANNELS),
            Arbitraries.longs().between(0, 9), Arbitraries.integers().between(0, 1 << 18)).as(Planned::new);
    }

    private static void assertMessages(final List<Planned> plan, final McapReader file) {
        final List<McapReader.Message> messages = file.messages();
        assertEquals(plan.size(), messages.size());
        for (int i = 0; i < plan.size(); i++) {
            assertEquals(plan.get(i).channel, messages.get(i).channel());
            assertEquals(i, messages.get(i).sequence());
            assertEquals(plan.get(i).time, messages.get(i).logTime());
            assertEquals(plan.get(i).time + 1, messages.get(i).publishTime());
            assertArrayEquals(plan.get(i).data(), messages.get(i).data());
        }
    }

    private static void assertChunks(final McapReader file) {
        final List<McapReader.Entry> indexes = file.entries(0x08);
        final List<McapReader.Entry> chunks = file.entries(0x06);
        assertEquals(chunks.size(), indexes.size());
        for (int i = 0; i < chunks.size(); i++) {
            assertChunk(file, chunks.get(i), indexes.get(i).content());
        }
    }

    private static void assertChunk(final McapReader file, final McapReader.Entry chunk, final ByteBuffer index) {
        final Map<Long, McapReader.Message> byOffset = new HashMap<>();
        final List<McapReader.Entry> inside = McapReader.inside(chunk);
        inside.stream().filter(entry -> entry.kind() == 0x05).forEach(entry -> byOffset.put(entry.at(), McapReader.message(entry)));
        final long first = byOffset.values().stream().mapToLong(McapReader.Message::logTime).min().orElse(0);
        final long last = byOffset.values().stream().mapToLong(McapReader.Message::logTime).max().orElse(0);
        final ByteBuffer content = chunk.content();
        assertEquals(first, content.getLong());
        assertEquals(last, content.getLong());
        final long size = content.getLong();
        assertTrue(size - inside.getLast().length() < CHUNK_BYTES, "only the last record may exceed the size of a chunk");
        assertEquals(first, index.getLong());
        assertEquals(last, index.getLong());
        assertEquals(chunk.at(), index.getLong());
        assertEquals(chunk.length(), index.getLong());
        final ByteBuffer offsets = McapReader.list(index);
        final long indexBytes = index.getLong();
        long expectedAt = chunk.at() + chunk.length();
        while (offsets.hasRemaining()) {
            final int channel = offsets.getShort();
            final McapReader.Entry messageIndex = file.at(offsets.getLong());
            assertEquals(expectedAt, messageIndex.at());
            expectedAt += messageIndex.length();
            assertIndex(channel, messageIndex, byOffset);
        }
        assertEquals(indexBytes, expectedAt - chunk.at() - chunk.length());
        assertTrue(byOffset.isEmpty(), "messages without an index");
        assertEquals("zstd", McapReader.text(index));
        index.getLong();
        assertEquals(size, index.getLong());
    }

    private static void assertIndex(final int channel, final McapReader.Entry entry, final Map<Long, McapReader.Message> byOffset) {
        assertEquals(0x07, entry.kind());
        final ByteBuffer content = entry.content();
        assertEquals(channel, content.getShort());
        final ByteBuffer places = McapReader.list(content);
        assertTrue(places.hasRemaining());
        long before = 0;
        while (places.hasRemaining()) {
            final long time = places.getLong();
            final McapReader.Message message = byOffset.remove(places.getLong());
            assertEquals(channel, message.channel());
            assertEquals(time, message.logTime());
            assertTrue(before <= time, "sorted by time");
            before = time;
        }
    }

    private static void assertChecksums(final McapReader file) {
        final McapReader.Entry dataEnd = file.only(0x0F);
        assertEquals(file.crc(0, dataEnd.at()), Integer.toUnsignedLong(dataEnd.content().getInt()));
        final McapReader.Entry footer = file.only(0x02);
        final ByteBuffer content = footer.content();
        final long summaryAt = content.getLong();
        assertEquals(dataEnd.at() + dataEnd.length(), summaryAt);
        assertEquals(file.entries(0x0E).getFirst().at(), content.getLong());
        assertEquals(file.crc(summaryAt, footer.at() + footer.length() - Integer.BYTES), Integer.toUnsignedLong(content.getInt()));
        assertEquals(footer, file.entries().getLast());
    }

    private static void assertSummary(final List<Planned> plan, final McapReader file) {
        final long summaryAt = file.only(0x02).content().getLong();
        for (final McapReader.Entry offset : file.entries(0x0E)) {
            final ByteBuffer content = offset.content();
            final int kind = content.get();
            final List<McapReader.Entry> group = file.entries(kind).stream().filter(entry -> entry.at() >= summaryAt).toList();
            assertEquals(group.getFirst().at(), content.getLong());
            assertEquals(group.stream().mapToLong(McapReader.Entry::length).sum(), content.getLong());
        }
        final ByteBuffer statistics = file.only(0x0B).content();
        assertEquals(plan.size(), statistics.getLong());
        assertEquals(1, statistics.getShort());
        assertEquals(CHANNELS, statistics.getInt());
        assertEquals(0, statistics.getInt());
        assertEquals(0, statistics.getInt());
        assertEquals(file.entries(0x06).size(), statistics.getInt());
        assertEquals(plan.stream().mapToLong(Planned::time).min().orElse(0), statistics.getLong());
        assertEquals(plan.stream().mapToLong(Planned::time).max().orElse(0), statistics.getLong());
        final Map<Integer, Long> expected = new TreeMap<>();
        plan.forEach(message -> expected.merge(message.channel, 1L, Long::sum));
        final ByteBuffer counts = McapReader.list(statistics);
        final Map<Integer, Long> found = new TreeMap<>();
        while (counts.hasRemaining()) {
            found.put((int) counts.getShort(), counts.getLong());
        }
        assertEquals(expected, found);
    }

    @Test
    void schemasAndChannelsStandInTheDataAndInTheSummary() throws IOException {
        final McapReader file = written(folder.resolve("a.mcap"), List.of(new Planned(2, 5, 1)));
        final List<McapReader.Entry> inside = McapReader.inside(file.only(0x06));
        assertEquals(List.of(3, 4, 4, 4, 5), inside.stream().map(McapReader.Entry::kind).toList());
        assertEquals(new McapReader.Schema(1, "pkg/msg/Type", "ros2msg", "uint8 x\n"), McapReader.schema(inside.getFirst()));
        assertEquals(new McapReader.Channel(2, 1, "/topic1", "cdr", Map.of("a", "1", "b", "2")), McapReader.channel(inside.get(2)));
        final List<McapReader.Entry> repeated = new ArrayList<>(file.entries(0x03));
        repeated.addAll(file.entries(0x04));
        for (int i = 0; i < repeated.size(); i++) {
            assertEquals(inside.get(i).content(), repeated.get(i).content());
        }
        assertEquals("ros2", McapReader.text(file.only(0x01).content()));
    }

    @Test
    void aSchemaThatIsKnownKeepsItsId() throws IOException {
        final Path path = folder.resolve("a.mcap");
        try (McapWriter writer = McapWriter.create(path)) {
            assertEquals(1, writer.schema("a", "ros2msg", new byte[] {1}));
            assertEquals(2, writer.schema("a", "ros2msg", new byte[] {2}));
            assertEquals(1, writer.schema("a", "ros2msg", new byte[] {1}));
            writer.complete();
        }
        assertEquals(2, new McapReader(path).entries(0x03).size());
    }

    @Test
    void aFileWithoutAnythingIsWhole() throws IOException {
        final Path path = folder.resolve("new/folder/a.mcap");
        try (McapWriter writer = McapWriter.create(path)) {
            writer.complete();
        }
        final McapReader file = new McapReader(path);
        assertChecksums(file);
        assertEquals(List.of(0x01, 0x0F, 0x0B, 0x0E, 0x02), file.entries().stream().map(McapReader.Entry::kind).toList());
    }

    @Test
    void aMessageLargerThanAChunkHasOneToItself() throws IOException {
        final McapReader file = written(folder.resolve("a.mcap"), List.of(new Planned(1, 1, 3 * CHUNK_BYTES), new Planned(1, 2, 1)));
        assertEquals(2, file.entries(0x06).size());
        assertMessages(List.of(new Planned(1, 1, 3 * CHUNK_BYTES), new Planned(1, 2, 1)), file);
    }

    @Test
    void metadataAndAttachmentsAreIndexed() throws IOException {
        final Path path = folder.resolve("a.mcap");
        try (McapWriter writer = McapWriter.create(path)) {
            writer.metadata("cell", Map.of("profile", "sim"));
            writer.attachment("note.txt", "text/plain", 7, 6, "hi".getBytes(StandardCharsets.UTF_8));
            writer.complete();
        }
        final McapReader file = new McapReader(path);
        assertChecksums(file);
        final McapReader.Entry metadata = file.only(0x0C);
        assertEquals("cell", McapReader.text(metadata.content()));
        final ByteBuffer metadataIndex = file.only(0x0D).content();
        assertEquals(metadata.at(), metadataIndex.getLong());
        assertEquals(metadata.length(), metadataIndex.getLong());
        assertEquals("cell", McapReader.text(metadataIndex));
        final McapReader.Entry attachment = file.only(0x09);
        final ByteBuffer index = file.only(0x0A).content();
        assertEquals(List.of(attachment.at(), attachment.length(), 7L, 6L, 2L),
            List.of(index.getLong(), index.getLong(), index.getLong(), index.getLong(), index.getLong()));
        assertEquals("note.txt", McapReader.text(index));
        assertEquals("text/plain", McapReader.text(index));
        final long end = attachment.at() + attachment.length() - Integer.BYTES;
        assertEquals(file.crc(attachment.at() + 9, end), Integer.toUnsignedLong(attachment.content().getInt((int) attachment.length() - 9 - Integer.BYTES)));
    }

    @Test
    void onlyACompleteFileTakesThePlaceOfAnother() throws IOException {
        final Path path = folder.resolve("a.mcap");
        Files.writeString(path, "before");
        try (McapWriter writer = McapWriter.create(path)) {
            writer.metadata("x", Map.of());
            assertTrue(Files.exists(folder.resolve("a.mcap.part")));
        }
        assertEquals("before", Files.readString(path));
        assertFalse(Files.exists(folder.resolve("a.mcap.part")));
        written(path, List.of());
        assertFalse(Files.exists(folder.resolve("a.mcap.part")));
    }

    @Test
    void whatMakesNoSenseIsRefusedAndTheFileGoesOn() throws IOException {
        final Path path = folder.resolve("a.mcap");
        try (McapWriter writer = McapWriter.create(path)) {
            assertThrows(IllegalArgumentException.class, () -> writer.channel("/a", 1, "cdr", Map.of()));
            assertThrows(IllegalArgumentException.class, () -> writer.channel("/a", -1, "cdr", Map.of()));
            final int channel = writer.channel("/a", 0, "json", Map.of());
            assertThrows(IllegalArgumentException.class, () -> write(writer, channel + 1, 0, 0, new byte[1]));
            assertThrows(IllegalArgumentException.class, () -> write(writer, 0, 0, 0, new byte[1]));
            assertThrows(IllegalArgumentException.class, () -> write(writer, channel, 0, -2, new byte[1]));
            assertThrows(IndexOutOfBoundsException.class, () -> writer.message(channel, 0, 0, 0, new UnsafeBuffer(new byte[1]), 0, 2));
            write(writer, channel, 0x1_0000_0007L, 3, new byte[0]);
            writer.complete();
            assertThrows(IllegalStateException.class, () -> write(writer, channel, 0, 0, new byte[1]));
            assertThrows(IllegalStateException.class, writer::complete);
        }
        final McapReader.Message only = new McapReader(path).messages().getFirst();
        assertEquals(7, only.sequence());
        assertEquals(0, only.data().length);
    }

    @Test
    void aFileHasNoRoomForMoreThan65535Channels() {
        try (McapWriter writer = McapWriter.create(folder.resolve("a.mcap"))) {
            for (int i = 0; i < 0xFFFF; i++) {
                writer.channel("/a", 0, "cdr", Map.of());
            }
            assertThrows(IllegalStateException.class, () -> writer.channel("/a", 0, "cdr", Map.of()));
        }
    }

    @Test
    void aFileThatCannotBeMadeIsNamed() throws IOException {
        Files.createFile(folder.resolve("file"));
        final Path path = folder.resolve("file/a.mcap");
        final UncheckedIOException failure = assertThrows(UncheckedIOException.class, () -> McapWriter.create(path));
        assertTrue(failure.getMessage().startsWith(path + ": cannot be written: "), failure.getMessage());
    }

    @Test
    void aFullDiskIsNamedAndTheFileNeverLooksComplete() throws IOException {
        assumeTrue(Files.exists(Path.of("/dev/full")));
        final Path path = folder.resolve("a.mcap");
        Files.createSymbolicLink(folder.resolve("a.mcap.part"), Path.of("/dev/full"));
        final UncheckedIOException failure = assertThrows(UncheckedIOException.class, () -> McapWriter.create(path));
        assertTrue(failure.getMessage().startsWith(path + ": cannot be written: "), failure.getMessage());
        assertFalse(Files.exists(path));
    }

    @Test
    void afterAFailureNothingMoreIsWritten() throws IOException {
        final Path path = folder.resolve("a.mcap");
        Files.createDirectories(path.resolve("in the way"));
        try (McapWriter writer = McapWriter.create(path)) {
            assertThrows(UncheckedIOException.class, writer::complete);
            assertThrows(UncheckedIOException.class, writer::complete);
        }
        assertTrue(Files.isDirectory(path));
        assertFalse(Files.exists(folder.resolve("a.mcap.part")));
    }
}
