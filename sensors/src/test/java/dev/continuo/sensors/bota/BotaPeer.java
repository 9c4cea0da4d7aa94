package dev.continuo.sensors.bota;

import dev.continuo.hardware.linux.Pty;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/** Plays a sensor at the other end of a serial line: answers to commands, and while it runs sends what it is told to feel, some 800 times a second. */
public final class BotaPeer implements AutoCloseable {
    private static final long PERIOD_NANOS = 1_250_000L;

    private final Pty pty = Pty.open();
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final Thread thread = Thread.ofPlatform().daemon().name("bota-peer").unstarted(this::serve);
    private volatile double[] wrench = new double[6];
    private volatile int status;
    private volatile boolean silent;
    private volatile boolean runs = true;
    private volatile boolean closed;

    /** A sensor that was just switched on: it runs as it did before. */
    public BotaPeer() {
        thread.start();
    }

    /** The serial line that it is found at. */
    public Path path() {
        return pty.path();
    }

    /** What it is told to feel from now on: force in N along x, y, z, torque in Nm about them. */
    public void feel(final double... newWrench) {
        wrench = newWrench.clone();
    }

    /** What its frames say of themselves from now on. */
    public void status(final int newStatus) {
        status = newStatus;
    }

    /** Neither sends nor answers, or does again. */
    public void silence(final boolean nowSilent) {
        silent = nowSilent;
    }

    /** The commands that it was given. */
    public List<String> commands() {
        return List.copyOf(commands);
    }

    private void serve() {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment bytes = arena.allocate(256);
            long next = System.nanoTime();
            while (!closed) {
                final int heard = pty.device().read(bytes, bytes.byteSize());
                if (heard > 0 && !silent) {
                    answer(new String(bytes.asSlice(0, heard).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.US_ASCII), bytes);
                }
                if (runs && !silent) {
                    write(frame(), bytes);
                }
                next = Math.max(next + PERIOD_NANOS, System.nanoTime() - 10 * PERIOD_NANOS);
                LockSupport.parkNanos(next - System.nanoTime());
            }
        }
    }

    private void answer(final String command, final MemorySegment bytes) {
        commands.add(command);
        runs = command.equals("R") || runs && !command.equals("C");
        write(("r,0," + command.charAt(0) + ",0").getBytes(StandardCharsets.US_ASCII), bytes);
    }

    private byte[] frame() {
        final ByteBuffer frame = ByteBuffer.allocate(37).order(ByteOrder.LITTLE_ENDIAN);
        frame.put((byte) 0xaa).putShort((short) status);
        Arrays.stream(wrench).forEach(value -> frame.putFloat((float) value));
        frame.putInt((int) (System.nanoTime() / 1000)).putFloat(31);
        return frame.putShort((short) BotaFrame.checksum(frame.array(), 1, 35)).array();
    }

    private void write(final byte[] what, final MemorySegment bytes) {
        MemorySegment.copy(what, 0, bytes, ValueLayout.JAVA_BYTE, 0, what.length);
        // Where nobody reads there is no room in the end; the rest is lost, as on a wire.
        final int ignored = pty.device().write(bytes, what.length);
    }

    /** Pulls the plug. */
    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join();
        pty.close();
    }
}
