package dev.continuo.hardware.can;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.continuo.hardware.linux.Pty;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An independent implementation of serial-line CAN, python-can, is the host of our device side. */
@Timeout(60)
class PythonCanInteropTest {
    private static final Path PYTHON = Path.of("/usr/bin/python3");
    private static final int FRAMES = 500;
    private static final String HOST = """
        import sys, can
        count = int(sys.argv[2])
        bus = can.Bus(bustype='slcan', channel=sys.argv[1], bitrate=1000000)
        for i in range(count):
            sent = bytes((i * 7 + k) & 0xFF for k in range(i % 9))
            bus.send(can.Message(arbitration_id=1 + i % 0x7FE, data=sent, is_extended_id=False))
            back = bus.recv(5.0)
            assert back is not None, 'no answer to frame %d' % i
            assert back.arbitration_id == (1 + i % 0x7FE) ^ 0x400, back
            assert bytes(back.data) == bytes(b ^ 0xFF for b in sent), back
        bus.shutdown()
        print('all', count, 'answered')
        """;

    @TempDir
    private Path directory;

    @Test
    void pythonCanExchangesFramesWithOurDeviceSide() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(PYTHON) && runs("import can"), "python-can is not installed: apt-get install python3-can");
        final Path output = directory.resolve("output");
        try (Pty pty = Pty.open(); SlcanAdapter adapter = new SlcanAdapter(pty.device(), false)) {
            final Process host = new ProcessBuilder(PYTHON.toString(), "-c", HOST, pty.path().toString(), String.valueOf(FRAMES))
                .redirectErrorStream(true).redirectOutput(output.toFile()).start();
            try {
                final int[] handled = new int[1];
                while (host.isAlive()) {
                    final int frames = adapter.poll((id, data, length, at) -> {
                        handled[0]++;
                        adapter.send(id ^ 0x400, ~data, length);
                    }, System.nanoTime(), 16);
                    if (frames == 0) {
                        Thread.sleep(0, 100_000);
                    }
                }
                assertEquals(0, host.exitValue(), () -> read(output));
                assertTrue(read(output).contains("all 500 answered"), () -> read(output));
                assertEquals(FRAMES, handled[0]);
                assertEquals(8, adapter.bitRateCode());
                adapter.poll((id, data, length, at) -> handled[0]++, System.nanoTime(), 16);
                assertEquals(0, adapter.malformedFrames());
            } finally {
                host.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
            }
        }
    }

    private static boolean runs(final String statement) throws IOException, InterruptedException {
        return new ProcessBuilder(PYTHON.toString(), "-c", statement).redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
    }

    private static String read(final Path output) {
        try {
            return Files.readString(output);
        } catch (final IOException unreadable) {
            return unreadable.toString();
        }
    }
}
