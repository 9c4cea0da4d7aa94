package dev.continuo.sensors.bota;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Against frames that other code made (see README.md beside them), whole and garbled. */
class BotaFramesTest {
    private static final byte[] BYTES = resource("frames.bin");
    private static final List<List<Double>> CONTENTS = new String(resource("frames.csv"), StandardCharsets.US_ASCII).lines()
        .map(line -> Arrays.stream(line.split(",")).map(Double::parseDouble).toList()).toList();

    private static byte[] resource(final String name) {
        try (InputStream stream = BotaFramesTest.class.getResourceAsStream("/bota/" + name)) {
            return stream.readAllBytes();
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<List<Double>> read(final byte[] bytes) {
        final BotaFrames frames = new BotaFrames();
        final List<List<Double>> read = new ArrayList<>();
        for (final byte next : bytes) {
            if (frames.accept(next)) {
                final List<Double> frame = new ArrayList<>();
                frame.add(frames.isInvalid() ? 4.0 : frames.isRaw() ? 8.0 : 0.0);
                Arrays.stream(frames.wrench()).forEach(frame::add);
                read.add(frame);
            }
        }
        return read;
    }

    private static List<Double> expected(final int frame) {
        final List<Double> contents = new ArrayList<>(CONTENTS.get(frame));
        contents.set(0, contents.getFirst() == 4.0 ? 4.0 : 0.0);
        return contents;
    }

    @Test
    void theChecksumIsX25() {
        assertEquals(0x906e, BotaFrame.checksum("123456789".getBytes(StandardCharsets.US_ASCII), 0, 9), "the catalogue's check value");
    }

    @Test
    void framesOfOtherCodeAreRead() {
        final List<List<Double>> read = read(BYTES);
        assertEquals(CONTENTS.size(), read.size());
        for (int i = 0; i < read.size(); i++) {
            assertEquals(expected(i), read.get(i), "frame " + i);
        }
    }

    /** Whatever is lost, changed or put between: what is read was sent, in its order, and only frames that were touched, or a false header swallowed, are missing. */
    @Property(tries = 300)
    void garbledLinesYieldOnlyWhatWasSent(@ForAll final long seed) {
        final Random random = new Random(seed);
        final List<Byte> line = new ArrayList<>();
        int touched = 0;
        for (int i = 0; i < CONTENTS.size(); i++) {
            final byte[] frame = Arrays.copyOfRange(BYTES, i * BotaFrame.BYTES, (i + 1) * BotaFrame.BYTES);
            switch (random.nextInt(8)) {
                case 0 -> {
                    frame[random.nextInt(frame.length)] ^= (byte) (1 + random.nextInt(255));
                    touched++;
                }
                case 1 -> {
                    line.add((byte) random.nextInt(256));
                    touched++;
                }
                default -> { }
            }
            final int cut = random.nextInt(12) == 0 ? 1 + random.nextInt(frame.length - 1) : frame.length;
            touched += cut < frame.length ? 1 : 0;
            for (int k = 0; k < cut; k++) {
                line.add(frame[k]);
            }
        }
        final byte[] bytes = new byte[line.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = line.get(i);
        }
        final List<List<Double>> read = read(bytes);
        int sent = 0;
        for (final List<Double> frame : read) {
            while (sent < CONTENTS.size() && !expected(sent).equals(frame)) {
                sent++;
            }
            assertTrue(sent < CONTENTS.size(), "never sent, or sent before: " + frame);
        }
        assertTrue(read.size() >= CONTENTS.size() - 2 * touched - 1, read.size() + " of " + CONTENTS.size() + " with " + touched + " touched");
    }
}
