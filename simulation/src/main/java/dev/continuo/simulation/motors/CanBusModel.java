package dev.continuo.simulation.motors;

import dev.continuo.hardware.can.CanBus;
import dev.continuo.hardware.can.CanFrameHandler;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One bus of 1 Mbit/s with a host and motors on it.
 *
 * <p>One frame at a time occupies the bus for as long as its bits take; of the frames that wait when it becomes free, that with the
 * lowest identifier goes first. Motors answer 100 to 250 µs after they were addressed. A host that asks for more than the bus can
 * carry sees growing latency, as on a real one, and then refused frames. Nothing is allocated after construction; one thread.
 */
public final class CanBusModel {
    /** Frames that wait in the host's adapter at most. */
    public static final int HOST_QUEUE = 64;
    /** The identifier of the error frame that tells the host that its controller left the bus. */
    public static final int BUS_OFF_FRAME = 0x2000_0040;
    /** How long the host's controller stays off the bus. */
    public static final long BUS_OFF_NANOS = 100_000_000L;

    private static final int REPLY_QUEUE = 64;
    private static final long FASTEST_REPLY_NANOS = 100_000;
    private static final int REPLY_SPREAD_NANOS = 150_000;
    private static final int FOREIGN = -1;

    private final SimulatedMotor[] motors;
    private final CanBus hostEnd;
    private final SplittableRandom random;
    private final BusFaults faults = new BusFaults();
    private final CanTiming timing = new CanTiming();
    private final MotorReply reply = new MotorReply();
    private final CanFrameHandler onHostFrame = this::enqueueHostFrame;
    private final Waiting[] host = waiting(HOST_QUEUE, true);
    private final Waiting[] replies = waiting(REPLY_QUEUE, false);
    private int hostHead;
    private int hostCount;
    private int replyCount;
    private long arrivalNanos;
    private long freeNanos;
    private long offUntilNanos = Long.MIN_VALUE;
    private long frames;
    private long busyNanos;
    private long refused;

    /**
     * A bus.
     *
     * @param motors  what hangs on it
     * @param hostEnd the motors' end of what leads to the host
     * @param seed    of the replies' delays
     */
    public CanBusModel(final List<? extends SimulatedMotor> motors, final CanBus hostEnd, final long seed) {
        this.motors = motors.toArray(SimulatedMotor[]::new);
        this.hostEnd = hostEnd;
        random = new SplittableRandom(seed);
    }

    /** What can be made to go wrong. */
    public BusFaults faults() {
        return faults;
    }

    /** The motor of the given CAN identifier. */
    public SimulatedMotor motor(final int canId) {
        for (final SimulatedMotor motor : motors) {
            if (motor.canId() == canId) {
                return motor;
            }
        }
        throw new IllegalArgumentException("no motor " + canId);
    }

    /** Puts a frame on the bus that no motor of this arm sends. */
    public void inject(final int id, final long data, final int length, final long nowNanos) {
        enqueueReply(FOREIGN, id, data, length, nowNanos);
    }

    /** The host's controller sees too many errors: it tells so and stays off the bus for {@link #BUS_OFF_NANOS}. */
    public void busOff(final long nowNanos) {
        offUntilNanos = nowNanos + BUS_OFF_NANOS;
        hostCount = 0;
        hostEnd.send(BUS_OFF_FRAME, 0, 8);
        hostEnd.flush();
    }

    /**
     * Lets the bus work from the last call's end until {@code toNanos}; what the host has sent meanwhile arrives at {@code fromNanos}.
     */
    public void advance(final long fromNanos, final long toNanos) {
        arrivalNanos = fromNanos;
        hostEnd.poll(onHostFrame, fromNanos, 2 * HOST_QUEUE);
        if (faults.takeGarbage()) {
            inject(random.nextInt(0x800), random.nextLong(), 8, fromNanos);
        }
        while (true) {
            final Waiting next = next();
            if (next == null) {
                break;
            }
            final long start = Math.max(freeNanos, next.readyNanos);
            final long end = start + next.nanos(timing);
            if (end > toNanos) {
                break;
            }
            freeNanos = end;
            frames++;
            busyNanos += end - start;
            if (next.fromHost) {
                hostHead = (hostHead + 1) % HOST_QUEUE;
                hostCount--;
                toMotors(next, end);
            } else {
                toHost(next);
                remove(next);
            }
        }
        hostEnd.flush();
    }

    /** Frames carried since the start. */
    public long frames() {
        return frames;
    }

    /** Time during which the bus was occupied, since the start. */
    public long busyNanos() {
        return busyNanos;
    }

    /** Frames of the host that found the adapter's queue full or the controller off the bus. */
    public long refusedFrames() {
        return refused;
    }

    private void enqueueHostFrame(final int id, final long data, final int length, final long nowNanos) {
        if (hostCount == HOST_QUEUE || arrivalNanos < offUntilNanos) {
            refused++;
            return;
        }
        host[(hostHead + hostCount) % HOST_QUEUE].set(FOREIGN, id, data, length, nowNanos);
        hostCount++;
    }

    /** Who wins the bus when it is next free: the lowest identifier among those that wait by then, else the first to come. */
    private Waiting next() {
        long earliest = hostCount > 0 ? host[hostHead].readyNanos : Long.MAX_VALUE;
        for (int i = 0; i < replyCount; i++) {
            earliest = Math.min(earliest, replies[i].readyNanos);
        }
        final long start = Math.max(freeNanos, earliest);
        Waiting best = hostCount > 0 && host[hostHead].readyNanos <= start ? host[hostHead] : null;
        for (int i = 0; i < replyCount; i++) {
            final Waiting candidate = replies[i];
            if (candidate.readyNanos <= start && (best == null || candidate.id < best.id
                || candidate.id == best.id && candidate.readyNanos < best.readyNanos)) {
                best = candidate;
            }
        }
        return best;
    }

    private void toMotors(final Waiting frame, final long nowNanos) {
        if (faults.isDead()) {
            return;
        }
        for (final SimulatedMotor motor : motors) {
            final int id = motor.canId();
            if (!faults.isSilent(id) && motor.onFrame(frame.id, frame.data, frame.length, nowNanos, reply)) {
                final long delay = FASTEST_REPLY_NANOS + random.nextInt(REPLY_SPREAD_NANOS) + faults.lateNanos(id);
                enqueueReply(id, reply.id, reply.data, reply.length, nowNanos + delay);
            }
        }
    }

    private void toHost(final Waiting frame) {
        if (faults.isDead() || freeNanos < offUntilNanos) {
            return;
        }
        long data = frame.data;
        if (frame.motor != FOREIGN) {
            data ^= faults.takeFlip(frame.motor);
            if (faults.isDuplicated(frame.motor)) {
                hostEnd.send(frame.id, data, frame.length);
            }
        }
        hostEnd.send(frame.id, data, frame.length);
    }

    private void enqueueReply(final int motor, final int id, final long data, final int length, final long readyNanos) {
        if (replyCount < REPLY_QUEUE) {
            replies[replyCount++].set(motor, id, data, length, readyNanos);
        }
    }

    private void remove(final Waiting sent) {
        for (int i = 0; i < replyCount; i++) {
            if (replies[i] == sent) {
                replyCount--;
                replies[i] = replies[replyCount];
                replies[replyCount] = sent;
                return;
            }
        }
    }

    private static Waiting[] waiting(final int count, final boolean fromHost) {
        final Waiting[] slots = new Waiting[count];
        for (int i = 0; i < count; i++) {
            slots[i] = new Waiting(fromHost);
        }
        return slots;
    }

    /** A frame that waits for the bus. */
    private static final class Waiting {
        private final boolean fromHost;
        private int motor;
        private int id;
        private long data;
        private int length;
        private long readyNanos;
        /** On the bus; 0 until it is asked for. */
        private long takesNanos;

        private Waiting(final boolean fromHost) {
            this.fromHost = fromHost;
        }

        private void set(final int newMotor, final int newId, final long newData, final int newLength, final long newReadyNanos) {
            motor = newMotor;
            id = newId;
            data = newData;
            length = newLength;
            readyNanos = newReadyNanos;
            takesNanos = 0;
        }

        private long nanos(final CanTiming timing) {
            if (takesNanos == 0) {
                takesNanos = timing.nanos(id, data, length);
            }
            return takesNanos;
        }
    }
}
