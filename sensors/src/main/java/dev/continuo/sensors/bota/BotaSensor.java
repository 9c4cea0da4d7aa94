package dev.continuo.sensors.bota;

import dev.continuo.hardware.linux.RawDescriptor;
import dev.continuo.perception.sensor.Sensor;
import dev.continuo.perception.sensor.SensorReading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import org.agrona.concurrent.NanoClock;

/**
 * A sensor that runs. A reading is stamped when it is taken off the line, up to a millisecond after it was measured. Readings that the sensor itself calls invalid are none; one beyond its range is given
 * as it is: for who watches a contact, more than can be measured is too much. Allocates nothing after construction; one thread.
 */
final class BotaSensor implements Sensor {
    private static final int BUFFER_BYTES = 4096;

    private final RawDescriptor line;
    private final Path device;
    private final NanoClock clock;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment bytes = arena.allocate(BUFFER_BYTES);
    private final BotaFrames frames = new BotaFrames();

    BotaSensor(final RawDescriptor line, final Path device, final NanoClock clock) {
        this.line = line;
        this.device = device;
        this.clock = clock;
    }

    @Override
    public boolean poll(final SensorReading reading) {
        final int count = line.read(bytes, BUFFER_BYTES);
        if (count == RawDescriptor.GONE) {
            throw new UncheckedIOException(line.describe(), new IOException());
        }
        boolean isNew = false;
        for (int i = 0; i < count; i++) {
            if (frames.accept(bytes.get(ValueLayout.JAVA_BYTE, i))) {
                isNew |= take(reading.values());
            }
        }
        if (isNew) {
            reading.observedAtNanos = clock.nanoTime();
        }
        return isNew;
    }

    private boolean take(final double[] values) {
        if (frames.isRaw()) {
            throw new UncheckedIOException(device + ": the sensor gives raw values of its strain gauges; was its power cut?", new IOException());
        }
        if (frames.isInvalid()) {
            return false;
        }
        System.arraycopy(frames.wrench(), 0, values, 0, values.length);
        return true;
    }

    @Override
    public void close() {
        line.close();
        arena.close();
    }
}
