package dev.continuo.hardware.can;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.continuo.hardware.linux.Pty;
import dev.continuo.hardware.linux.RawDescriptor;
import dev.continuo.hardware.linux.Tty;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The device side, spoken to by a scripted host. */
@Timeout(20)
class SlcanAdapterTest {
    private final FrameLog log = new FrameLog();

    @Test
    void answersAsTheOriginalAdapterDoes() {
        try (Pty pty = Pty.open(); RawDescriptor host = Tty.open(pty.path());
            SlcanAdapter adapter = new SlcanAdapter(pty.device(), true)) {
            assertEquals("V1013\r", ask(host, adapter, "V\r", 6));
            assertEquals("N4242\r", ask(host, adapter, "N\r", 6));
            assertEquals("\u0007", ask(host, adapter, "t0010\r", 1), "closed");
            assertEquals("\r", ask(host, adapter, "S8\r", 1));
            assertEquals("\u0007", ask(host, adapter, "S9\r", 1));
            assertEquals("\r", ask(host, adapter, "O\r", 1));
            assertEquals("\u0007", ask(host, adapter, "S6\r", 1), "open");
            assertEquals("z\r", ask(host, adapter, "t00121122\r", 2));
            assertEquals("Z\r", ask(host, adapter, "T000000010\r", 2));
            assertEquals("\u0007", ask(host, adapter, "t0012112\r", 1));
            assertEquals("F00\r", ask(host, adapter, "F\r", 4));
            assertEquals("\u0007", ask(host, adapter, "X\r", 1));
            assertEquals("\r", ask(host, adapter, "Z1\r", 1));
            adapter.send(1, 0x11L << 56, 1);
            assertEquals("t0011110000\r", ask(host, adapter, "", 12));
            assertEquals("\r", ask(host, adapter, "L\r", 1));
            assertEquals("\u0007", ask(host, adapter, "t0010\r", 1), "listening only");
            assertEquals("\r", ask(host, adapter, "C\r", 1));
            assertEquals(8, adapter.bitRateCode());
            assertEquals(java.util.List.of("001#1122", "80000001#"), log.frames());
        }
    }

    private String ask(final RawDescriptor host, final SlcanAdapter adapter, final String line, final int answerBytes) {
        final StringBuilder answer = new StringBuilder();
        try (Arena arena = Arena.ofConfined()) {
            final byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
            final MemorySegment memory = arena.allocate(64);
            MemorySegment.copy(MemorySegment.ofArray(bytes), 0, memory, 0, bytes.length);
            if (bytes.length > 0) {
                host.write(memory, bytes.length);
            }
            while (answer.length() < answerBytes) {
                adapter.poll(log, 0, 10);
                final int read = host.read(memory, 64);
                answer.append(new String(memory.asSlice(0, read).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.ISO_8859_1));
            }
        }
        return answer.toString();
    }
}
