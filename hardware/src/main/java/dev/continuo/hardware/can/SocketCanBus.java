package dev.continuo.hardware.can;

import dev.continuo.config.ProfileException;
import dev.continuo.hardware.linux.LinuxSocketCalls;
import dev.continuo.hardware.linux.SocketCalls;
import java.util.concurrent.TimeUnit;

/**
 * A CAN bus behind an interface of the kernel (SocketCAN): an adapter with a kernel driver, the kernel's own slcan, or a virtual bus.
 *
 * <p>The frames of a cycle go out in one system call, and what came is taken in one. Frames carry the time at which the kernel received them. An interface that
 * is taken down or unplugged is looked for again by {@link #poll}, twice a second. No call but {@link #describe} allocates, and none but the constructor throws.
 *
 * <p>The kernel passes on 11-bit data frames and all error frames. It is not told which motors there are: a frame that no motor of the arm sends is to be
 * counted, not hidden.
 */
public final class SocketCanBus implements CanBus {
    /** Least time between two looks at an interface that is lost. */
    public static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final String name;
    private final SocketCalls calls;
    private final CanSocket socket;
    private final CanTroubles troubles = new CanTroubles();
    private CanSocket.Link link;
    private long lookedAtNanos;
    private boolean looked;
    private long polledAtNanos = Long.MIN_VALUE;
    private boolean closed;
    private long dropped;
    private long malformed;
    private long queueFull;

    /**
     * Opens an interface.
     *
     * @param name as {@code ip link} lists it
     * @throws ProfileException if it is absent, down or no CAN interface, or the kernel has no CAN
     */
    public SocketCanBus(final String name) {
        this(name, new LinuxSocketCalls());
    }

    SocketCanBus(final String name, final SocketCalls calls) {
        this.name = name;
        this.calls = calls;
        socket = new CanSocket(calls, name);
        link = socket.open();
        if (!socket.isOpen()) {
            socket.release();
            throw new ProfileException(describe());
        }
    }

    @Override
    public boolean send(final int id, final long data, final int length) {
        if (link == CanSocket.Link.UP && CanFrames.isWellFormed(id, length)) {
            if (socket.waiting() == CanSocket.FRAMES) {
                flush();
            }
            if (link == CanSocket.Link.UP) {
                socket.put(id, data, length);
                return true;
            }
        }
        dropped++;
        return false;
    }

    @Override
    public void flush() {
        final int frames = socket.waiting();
        if (frames == 0 || !socket.isOpen()) {
            return;
        }
        final int sent = socket.send();
        if (sent == frames) {
            return;
        }
        dropped += frames - sent;
        switch (-socket.lastError()) {
            case SocketCalls.ENOBUFS, SocketCalls.EAGAIN, SocketCalls.EINTR -> queueFull++;
            default -> lose(socket.failed(socket.lastError()));
        }
    }

    @Override
    public int poll(final CanFrameHandler handler, final long nowNanos, final int limit) {
        if (link != CanSocket.Link.UP) {
            look(nowNanos);
        }
        int taken = 0;
        int delivered = 0;
        int wanted = Math.min(CanSocket.FRAMES, limit);
        while (socket.isOpen() && taken < limit) {
            final int frames = socket.receive(wanted);
            if (frames < 0) {
                lose(socket.failed(frames));
                break;
            }
            delivered += deliver(handler, nowNanos, frames);
            taken += frames;
            if (frames < wanted) {
                break;
            }
            wanted = Math.min(CanSocket.FRAMES, limit - taken);
        }
        polledAtNanos = nowNanos;
        return delivered;
    }

    private int deliver(final CanFrameHandler handler, final long nowNanos, final int frames) {
        final long kernelNanos = frames > 0 ? calls.stampNanos() : 0;
        int delivered = 0;
        for (int i = 0; i < frames; i++) {
            final long stamp = socket.stampNanos(i);
            if (socket.isWellFormed(i)) {
                delivered++;
                final int id = socket.id(i);
                final long data = socket.data(i);
                note(id, data);
                handler.onFrame(id, data, socket.length(i), stamp == 0 ? nowNanos : receivedNanos(kernelNanos - stamp, nowNanos));
            } else {
                malformed++;
            }
        }
        return delivered;
    }

    /** The kernel's clock may be set at any time, so that an age is believed only as far as the last poll, which would have taken the frame. */
    private long receivedNanos(final long ageNanos, final long nowNanos) {
        final long earliest = polledAtNanos == Long.MIN_VALUE ? nowNanos : Math.min(polledAtNanos, nowNanos);
        return Math.max(earliest, nowNanos - Math.max(0, ageNanos));
    }

    private void note(final int id, final long data) {
        if ((id & CanFrames.ERROR_FLAG) == 0) {
            return;
        }
        troubles.count(id, data);
        if (!socket.isOpen()) {
            return; // Lost since this frame was taken, by what a handler sent.
        }
        if (CanTroubles.tells(id, CanTroubles.Trouble.BUS_OFF)) {
            link = CanSocket.Link.OFF_BUS;
            looked = false;
        }
        if (CanTroubles.tells(id, CanTroubles.Trouble.RESTARTED)) {
            link = CanSocket.Link.UP;
        }
    }

    private void lose(final CanSocket.Link why) {
        socket.close();
        dropped += socket.forget();
        link = why;
        looked = false;
    }

    /** Opens a lost interface anew, or looks whether a controller is on its bus again; at its pace, and not at once: what was just lost is still gone. */
    private void look(final long nowNanos) {
        if (!looked) {
            looked = true;
            lookedAtNanos = nowNanos;
        }
        if (closed || nowNanos - lookedAtNanos < RETRY_NANOS) {
            return;
        }
        lookedAtNanos = nowNanos;
        if (!socket.isOpen()) {
            link = socket.open();
            return;
        }
        final CanSocket.Link found = socket.look();
        if (found == CanSocket.Link.UP || found == CanSocket.Link.OFF_BUS) {
            link = found;
        } else {
            lose(found);
        }
    }

    @Override
    public boolean isConnected() {
        return link == CanSocket.Link.UP && socket.isOpen();
    }

    @Override
    public long droppedFrames() {
        return dropped;
    }

    @Override
    public long malformedFrames() {
        return malformed;
    }

    /** Times that the interface's queue had no room for the frames of a cycle. */
    public long queueFull() {
        return queueFull;
    }

    /** Frames that came and were lost because the kernel had no room for them: {@link #poll} came too late. */
    public long overrunFrames() {
        return socket.overrun();
    }

    /** What the controller complained of. */
    public CanTroubles troubles() {
        return troubles;
    }

    @Override
    public String describe() {
        final String complaints = troubles.text();
        return "CAN interface " + name + complaint()
            + (queueFull == 0 ? "" : ", its queue was full " + queueFull + (queueFull == 1 ? " time" : " times") + ": ip link set " + name + " txqueuelen 1000")
            + (overrunFrames() == 0 ? "" : ", lost " + overrunFrames() + " frames that came faster than they were taken")
            + (complaints.isEmpty() ? "" : ", its controller told: " + complaints);
    }

    private String complaint() {
        if (closed) {
            return " is closed";
        }
        final String up = "ip link set " + name + " up type can bitrate 1000000";
        return switch (link) {
            case UP -> "";
            case OFF_BUS -> " is off the bus: check cable, termination and bit rate, then ip link set " + name
                + " type can restart (ip link set " + name + " type can restart-ms 100 does it by itself)";
            case DOWN -> " is down: " + up;
            case ABSENT -> " does not exist: plug the adapter in (one with a serial line needs slcand), then " + up;
            case NOT_CAN -> " is no CAN interface: ip -details link show type can lists those";
            case UNSUPPORTED -> " cannot be used, this kernel has no CAN: modprobe can_raw, or use transport kind slcan, which needs none";
            case FAILED -> " cannot be used: " + calls.describe(socket.lastError());
        };
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            link = CanSocket.Link.DOWN;
            flush();
            socket.release();
        }
    }
}
