package dev.continuo.hardware.can;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SlcanCodecPropertiesTest {
    private static final long ENABLE = 0xFFFF_FFFF_FFFF_FFFCL;
    private final FrameLog log = new FrameLog();

    @Test
    void linesLookAsTheProtocolSays() {
        assertEquals("t0058FFFFFFFFFFFFFFFC\r", encode(5, ENABLE, 8, -1));
        assertEquals("t7FF0\r", encode(0x7FF, 0, 0, -1));
        assertEquals("T1234567821122\r", encode(CanFrames.EXTENDED_FLAG | 0x1234_5678, 0x1122L << 48, 2, -1));
        assertEquals("r1234\r", encode(CanFrames.REMOTE_FLAG | 0x123, 0, 4, -1));
        assertEquals("t00111100EA\r", encode(1, 0x11L << 56, 1, 234));
    }

    @Property
    void everyFrameComesBack(@ForAll final boolean extended, @ForAll final boolean remote, @ForAll final int bits,
        @ForAll final long data, @ForAll @IntRange(max = 8) final int length, @ForAll @IntRange(min = -1, max = 59_999) final int stamp,
        @ForAll final boolean lowerCase) {
        final int id = bits & (extended ? CanFrames.EXTENDED_MASK : CanFrames.STANDARD_MASK)
            | (extended ? CanFrames.EXTENDED_FLAG : 0) | (remote ? CanFrames.REMOTE_FLAG : 0);
        final String line = encode(id, data, length, stamp);
        assertTrue(line.length() <= SlcanCodec.LONGEST_LINE);
        final byte[] bytes = line.strip().getBytes(StandardCharsets.US_ASCII);
        if (lowerCase) {
            final byte[] lower = line.strip().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(lower, 1, bytes, 1, bytes.length - 1);
        }
        final List<Long> frames = new ArrayList<>();
        assertTrue(SlcanCodec.decode(bytes, bytes.length,
            (i, d, l, at) -> frames.addAll(List.of((long) i, d, (long) l)), 0));
        assertEquals(List.of((long) id, remote ? 0L : CanFrames.truncate(data, length), (long) length), frames);
    }

    @Property
    void anyCutOfALineIsNoFrame(@ForAll final long data, @ForAll @IntRange(max = 19) final int kept) {
        final byte[] bytes = encode(5, data, 8, -1).getBytes(StandardCharsets.US_ASCII);
        assertFalse(SlcanCodec.decode(bytes, kept, log, 0));
        assertEquals(List.of(), log.frames());
    }

    @Property
    void noiseIsSkippedUpToTheNextLine(@ForAll @Size(max = 200) final byte[] noise, @ForAll final long data) {
        final SlcanLines lines = new SlcanLines();
        final List<String> seen = new ArrayList<>();
        final SlcanLines.Sink sink = new SlcanLines.Sink() {
            @Override
            public void onLine(final byte[] line, final int length) {
                seen.add(new String(line, 0, length, StandardCharsets.ISO_8859_1));
                SlcanCodec.decode(line, length, log, 0);
            }

            @Override
            public void onBell() {
                seen.add("bell");
            }
        };
        for (final byte b : noise) {
            lines.accept(b, sink);
        }
        lines.accept(SlcanCodec.RETURN, sink);
        seen.clear();
        final String line = encode(5, data, 8, -1);
        for (final byte b : line.getBytes(StandardCharsets.US_ASCII)) {
            lines.accept(b, sink);
        }
        assertEquals(List.of(line.strip()), seen);
    }

    private static String encode(final int id, final long data, final int length, final int stamp) {
        final ByteBuffer out = ByteBuffer.allocate(SlcanCodec.LONGEST_LINE);
        SlcanCodec.encode(id, data, length, stamp, out);
        return new String(out.array(), 0, out.position(), StandardCharsets.US_ASCII);
    }
}
