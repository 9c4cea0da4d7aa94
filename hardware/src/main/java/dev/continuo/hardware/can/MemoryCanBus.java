package dev.continuo.hardware.can;

/**
 * One end of a bus that lives in memory: what one end sends, the other receives in order, at once and without loss while its queue
 * has room.
 *
 * <p>Made for stepping a simulation and an arm in one thread under virtual time; the two ends may also belong to two threads, one
 * each. Nothing is allocated after construction.
 */
public final class MemoryCanBus implements CanBus {
    /** Frames that each direction holds unless told otherwise. */
    public static final int DEFAULT_CAPACITY = 256;

    private final String name;
    private final Queue incoming;
    private final Queue outgoing;
    private final Link link;
    private long dropped;

    private MemoryCanBus(final String name, final Queue incoming, final Queue outgoing, final Link link) {
        this.name = name;
        this.incoming = incoming;
        this.outgoing = outgoing;
        this.link = link;
    }

    /**
     * The two ends of one bus.
     *
     * @param host   the arm's end
     * @param device the motors' end
     */
    public record Pair(MemoryCanBus host, MemoryCanBus device) {
    }

    /** A fresh bus whose directions hold {@value #DEFAULT_CAPACITY} frames each. */
    public static Pair pair() {
        return pair(DEFAULT_CAPACITY);
    }

    /**
     * A fresh bus.
     *
     * @param capacity frames that each direction holds; rounded up to a power of two
     */
    public static Pair pair(final int capacity) {
        final Queue toDevice = new Queue(capacity);
        final Queue toHost = new Queue(capacity);
        final Link link = new Link();
        return new Pair(new MemoryCanBus("host", toHost, toDevice, link), new MemoryCanBus("device", toDevice, toHost, link));
    }

    /** Pulls or plugs the cable, for both ends. Frames under way stay queued. */
    public void setConnected(final boolean connected) {
        link.connected = connected;
    }

    @Override
    public boolean send(final int id, final long data, final int length) {
        if (link.connected && CanFrames.isWellFormed(id, length)
            && outgoing.offer(id, CanFrames.truncate(data, length), length)) {
            return true;
        }
        dropped++;
        return false;
    }

    @Override
    public void flush() {
        // Frames are the other end's as soon as they are sent.
    }

    @Override
    public int poll(final CanFrameHandler handler, final long nowNanos, final int limit) {
        int frames = 0;
        while (link.connected && frames < limit && incoming.poll(handler, nowNanos)) {
            frames++;
        }
        return frames;
    }

    @Override
    public boolean isConnected() {
        return link.connected;
    }

    @Override
    public long droppedFrames() {
        return dropped;
    }

    @Override
    public long malformedFrames() {
        return 0;
    }

    @Override
    public String describe() {
        return "in memory, " + name + " end" + (link.connected ? "" : ", disconnected");
    }

    @Override
    public void close() {
        link.connected = false;
    }

    /** What both ends share. */
    private static final class Link {
        private volatile boolean connected = true;
    }

    /** A ring of frames with one writer and one reader. Two longs a frame: the identifier beside the length, and the data. */
    private static final class Queue {
        private final long[] slots;
        private final int mask;
        private volatile long written;
        private volatile long read;

        private Queue(final int capacity) {
            final int size = Integer.highestOneBit(Math.max(2, capacity) - 1) << 1;
            slots = new long[2 * size];
            mask = size - 1;
        }

        @SuppressWarnings("NonAtomicOperationOnVolatileField") // one writer only
        private boolean offer(final int id, final long data, final int length) {
            final long position = written;
            if (position - read > mask) {
                return false;
            }
            final int slot = 2 * ((int) position & mask);
            slots[slot] = (long) length << 32 | id & 0xFFFF_FFFFL;
            slots[slot + 1] = data;
            written = position + 1;
            return true;
        }

        private boolean poll(final CanFrameHandler handler, final long nowNanos) {
            final long position = read;
            if (position == written) {
                return false;
            }
            final int slot = 2 * ((int) position & mask);
            final long header = slots[slot];
            final long data = slots[slot + 1];
            read = position + 1;
            handler.onFrame((int) header, data, (int) (header >>> 32), nowNanos);
            return true;
        }
    }
}
