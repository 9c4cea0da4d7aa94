package dev.continuo.actors.agent;

import dev.continuo.actors.AllocationMeter;
import dev.continuo.actors.bus.BusPublication;
import dev.continuo.actors.bus.MemoryBus;
import dev.continuo.actors.bus.StreamId;
import dev.continuo.actors.message.Messages;
import dev.continuo.config.CameraProfile;
import dev.continuo.perception.Frame;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static dev.continuo.actors.agent.TestProfile.MILLISECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Cameras of different rates and delays, matched by the times at which they looked, under a virtual clock. */
final class FrameInputsTest {
    private static final int SIDE = 4;
    private static final long MAX_AGE = 500 * MILLISECOND;

    private final VirtualClock clock = new VirtualClock(10_000 * MILLISECOND);
    private final MemoryBus bus = new MemoryBus(4096);
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[1024]);
    private final BusPublication publication = bus.publication(StreamId.CAMERA_FRAME);

    private static CameraProfile camera(final int index, final int rateHz) {
        return new CameraProfile("camera" + index, URI.create("file:none"), SIDE, SIDE, rateHz, MAX_AGE);
    }

    /** A camera that looks at its rate and whose pictures arrive after a delay and a jitter. */
    private final class Sender {
        private final int index;
        private final long periodNanos;
        private final long delayNanos;
        private final long jitterNanos;
        private final Random random;
        private long capturedAtNanos;
        private long arrivesAtNanos;
        private long sequence;

        Sender(final int index, final int rateHz, final long phaseNanos, final long delayNanos, final long jitterNanos) {
            this.index = index;
            periodNanos = 1_000_000_000L / rateHz;
            this.delayNanos = delayNanos;
            this.jitterNanos = jitterNanos;
            random = new Random(index);
            capturedAtNanos = clock.nanoTime() + phaseNanos;
            plan();
        }

        private void plan() {
            arrivesAtNanos = Math.max(arrivesAtNanos + 1, capturedAtNanos + delayNanos + (long)(random.nextDouble() * jitterNanos));
        }

        void step() {
            while (arrivesAtNanos <= clock.nanoTime()) {
                send(index, (int)(capturedAtNanos / MILLISECOND), ++sequence, capturedAtNanos, arrivesAtNanos);
                capturedAtNanos += periodNanos;
                plan();
            }
        }
    }

    private void send(final int camera, final int shade, final long sequence, final long capturedAtNanos, final long publishedAtNanos) {
        final byte[] pixels = new byte[SIDE * SIDE * 3];
        java.util.Arrays.fill(pixels, (byte)shade);
        final int length = Messages.frame(message, camera, SIDE, SIDE, pixels, sequence, capturedAtNanos);
        message.putLong(8 + 8, publishedAtNanos);
        publication.offer(message, 0, length);
    }

    private long skewAfter(final List<Sender> senders, final FrameInputs inputs, final Frame[] pictures, final long bound) {
        long worst = 0;
        int sets = 0;
        for (int millisecond = 0; millisecond < 3_000; millisecond++) {
            senders.forEach(Sender::step);
            inputs.subscription().poll(clock.nanoTime());
            if (millisecond > 500) {
                assertTrue(inputs.match(clock.nanoTime()), "a complete set");
                assertTrue(inputs.read(pictures));
                worst = Math.max(worst, requireSet(inputs, pictures));
                assertTrue(inputs.skewNanos() <= bound, () -> "skew " + inputs.skewNanos() / MILLISECOND + " ms");
                sets++;
            }
            clock.advance(MILLISECOND);
        }
        assertEquals(2_499, sets);
        return worst;
    }

    /** The pictures are those that the set speaks of; returns their skew. */
    private long requireSet(final FrameInputs inputs, final Frame[] pictures) {
        long earliest = Long.MAX_VALUE;
        long latest = Long.MIN_VALUE;
        for (final Frame picture : pictures) {
            assertEquals((byte)(picture.capturedAtNanos / MILLISECOND), picture.rgb()[SIDE]);
            assertTrue(clock.nanoTime() - picture.capturedAtNanos <= MAX_AGE);
            earliest = Math.min(earliest, picture.capturedAtNanos);
            latest = Math.max(latest, picture.capturedAtNanos);
        }
        assertEquals(earliest, inputs.observedAtNanos());
        assertEquals(latest - earliest, inputs.skewNanos());
        return latest - earliest;
    }

    @Test
    void aLateCameraIsMatchedWithWhatTheOthersSawThen() {
        final List<CameraProfile> cameras = List.of(camera(0, 30), camera(1, 30));
        final FrameInputs inputs = new FrameInputs(bus, cameras);
        final List<Sender> senders = List.of(
            new Sender(0, 30, 0, 5 * MILLISECOND, 0), new Sender(1, 30, 2 * MILLISECOND, 125 * MILLISECOND, 10 * MILLISECOND));
        assertEquals(2 * MILLISECOND, skewAfter(senders, inputs, FrameInputs.pictures(cameras), 2 * MILLISECOND),
            "by arrival it would be 120 ms and more");
    }

    @Test
    void anyRatesPhasesAndDelaysGiveSetsWithinAPeriodOfEachOther() {
        for (int seed = 0; seed < 20; seed++) {
            final Random random = new Random(seed);
            final int[] rates = {15, 20, 25, 30, 50, 60};
            final List<CameraProfile> cameras = new ArrayList<>();
            final List<Sender> senders = new ArrayList<>();
            long bound = 0;
            for (int i = 0; i < 2 + seed % 3; i++) {
                final int rate = rates[random.nextInt(rates.length)];
                cameras.add(camera(i, rate));
                senders.add(new Sender(i, rate, random.nextInt(60) * MILLISECOND, random.nextInt(100) * MILLISECOND, random.nextInt(30) * MILLISECOND));
                bound = Math.max(bound, 1_000_000_000L / rate);
            }
            skewAfter(senders, new FrameInputs(bus, cameras), FrameInputs.pictures(cameras), bound);
        }
    }

    @Test
    void ofOneCameraItIsAlwaysTheNewest() {
        final List<CameraProfile> cameras = List.of(camera(0, 30));
        final FrameInputs inputs = new FrameInputs(bus, cameras);
        final Frame[] pictures = FrameInputs.pictures(cameras);
        for (int i = 1; i <= 20; i++) {
            clock.advance(10 * MILLISECOND);
            send(0, i, i, clock.nanoTime() - i % 3 * MILLISECOND, clock.nanoTime());
            inputs.subscription().poll(clock.nanoTime());
            assertTrue(inputs.match(clock.nanoTime()) && inputs.match(clock.nanoTime()) && inputs.read(pictures));
            assertEquals(i, pictures[0].sequence);
            assertEquals(0, inputs.skewNanos());
        }
    }

    @Test
    void aCameraThatIsMissingSilentOrOfAnotherSizeLeavesNoSet() {
        final List<CameraProfile> cameras = List.of(camera(0, 30), camera(1, 30));
        final FrameInputs inputs = new FrameInputs(bus, cameras);
        final Frame[] pictures = FrameInputs.pictures(cameras);
        send(0, 1, 1, clock.nanoTime(), clock.nanoTime());
        inputs.subscription().poll(clock.nanoTime());
        assertFalse(inputs.match(clock.nanoTime()), "nothing of the other");
        send(1, 1, 1, clock.nanoTime(), clock.nanoTime());
        inputs.subscription().poll(clock.nanoTime());
        assertTrue(inputs.match(clock.nanoTime()));
        clock.advance(MAX_AGE);
        send(0, 2, 2, clock.nanoTime(), clock.nanoTime());
        inputs.subscription().poll(clock.nanoTime());
        assertTrue(inputs.match(clock.nanoTime()), "just young enough");
        clock.advance(1);
        assertFalse(inputs.match(clock.nanoTime()), "too old");
        publication.offer(message, 0, Messages.frame(message, 1, SIDE / 2, SIDE, 9, clock.nanoTime()));
        inputs.subscription().poll(clock.nanoTime());
        assertTrue(inputs.match(clock.nanoTime()));
        assertFalse(inputs.read(pictures));
        assertEquals(1, inputs.wrongSize().get());
    }

    @Test
    void matchingAndReadingDoNotAllocate() {
        final List<CameraProfile> cameras = List.of(camera(0, 30), camera(1, 60), camera(2, 15));
        final FrameInputs inputs = new FrameInputs(bus, cameras);
        final Frame[] pictures = FrameInputs.pictures(cameras);
        for (int i = 0; i < 6; i++) {
            for (int camera = 0; camera < 3; camera++) {
                send(camera, i, i + 1, clock.nanoTime() - camera * 3 * MILLISECOND, clock.nanoTime());
            }
            inputs.subscription().poll(clock.nanoTime());
            clock.advance(10 * MILLISECOND);
        }
        assertEquals(0, AllocationMeter.leastAllocatedBy(2_000, () -> {
            if (!inputs.match(clock.nanoTime()) || !inputs.read(pictures)) {
                throw new AssertionError("no set");
            }
        }));
    }
}
