package dev.continuo.sensors.bota;

import dev.continuo.hardware.linux.RawDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.NanoClock;

/**
 * Brings a sensor, whatever it was told before, to send calibrated values in binary frames: a dialogue of short commands, each answered by {@code r,0,COMMAND,0}. It holds until the sensor loses power.
 */
final class BotaSetup {
    /** A sensor that was just switched on speaks of itself for a while before it listens. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long REPEAT_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int BUFFER_BYTES = 4096;
    private static final String LISTEN = "C";
    private static final String RUN = "R";
    /** No compensation of temperature, calibrated, binary, 460,800 baud. */
    private static final String COMMUNICATE = "c,0,1,0,4";

    private final RawDescriptor line;
    private final Path device;
    private final NanoClock clock;
    private final MemorySegment bytes;
    private final StringBuilder heard = new StringBuilder();

    private BotaSetup(final RawDescriptor line, final Path device, final NanoClock clock, final MemorySegment bytes) {
        this.line = line;
        this.device = device;
        this.clock = clock;
        this.bytes = bytes;
    }

    /**
     * Sets a sensor up and lets it run.
     *
     * @throws UncheckedIOException if it does not answer
     */
    static void run(final RawDescriptor line, final Path device, final int sincLength, final NanoClock clock) {
        try (Arena arena = Arena.ofConfined()) {
            final BotaSetup setup = new BotaSetup(line, device, clock, arena.allocate(BUFFER_BYTES));
            setup.tell(LISTEN, "C");
            setup.tell(COMMUNICATE, "c");
            // Neither chopping nor the fast filter, and no further smoothing.
            setup.tell("f," + sincLength + ",0,0,1", "f");
            setup.tell(RUN, "R");
        }
    }

    private void tell(final String command, final String name) {
        final String answer = "r,0," + name + ",0";
        final long until = clock.nanoTime() + PATIENCE_NANOS;
        long again = clock.nanoTime();
        heard.setLength(0);
        while (heard.indexOf(answer) < 0) {
            if (clock.nanoTime() - until >= 0) {
                throw new UncheckedIOException(device + ": no force-torque sensor answers to " + command, new IOException());
            }
            if (clock.nanoTime() - again >= 0) {
                write(command);
                again += REPEAT_NANOS;
            }
            LockSupport.parkNanos(LOOK_NANOS);
            listen();
        }
    }

    private void write(final String command) {
        MemorySegment.copy(command.getBytes(StandardCharsets.US_ASCII), 0, bytes, ValueLayout.JAVA_BYTE, 0, command.length());
        if (line.write(bytes, command.length()) == RawDescriptor.GONE) {
            throw gone();
        }
    }

    private void listen() {
        final int count = line.read(bytes, BUFFER_BYTES);
        if (count == RawDescriptor.GONE) {
            throw gone();
        }
        heard.append(new String(bytes.asSlice(0, count).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.ISO_8859_1));
    }

    private UncheckedIOException gone() {
        return new UncheckedIOException(line.describe(), new IOException());
    }
}
