package dev.continuo.hardware.franka;

import dev.continuo.hardware.linux.UdpSocket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.LongSupplier;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The states that a robot sends, of which the newest counts, and the commands that answer them (franka-fci.md sections 9 and 10). Datagrams that come late,
 * twice or malformed are counted and passed over. Nothing allocates. For one thread.
 */
public final class StateStream implements AutoCloseable {
    private final UdpSocket socket;
    private final LongSupplier clock;
    private final Arena arena = Arena.ofShared();
    private final int stateBytes;
    private final int commandBytes;
    private final MemorySegment[] received;
    private final RobotState[] states;
    private final MemorySegment sending;
    private final UnsafeBuffer sendingBuffer;
    private final RobotCommand command;
    private int newest;
    private boolean any;
    private long noticedAtNanos;
    private long lost;
    private long passedOver;
    private long malformed;

    /**
     * Listens for a robot that speaks a version.
     *
     * @param socket whose port was announced to the robot; closed with this
     * @param clock  nanoseconds
     */
    public StateStream(final FciVersion version, final UdpSocket socket, final LongSupplier clock) {
        this.socket = socket;
        this.clock = clock;
        stateBytes = RobotState.bytes(version);
        commandBytes = RobotCommand.bytes(version);
        received = new MemorySegment[] {arena.allocate(stateBytes, Long.BYTES), arena.allocate(stateBytes, Long.BYTES)};
        states = new RobotState[received.length];
        for (int i = 0; i < received.length; i++) {
            states[i] = new RobotState(version).wrap(new UnsafeBuffer(received[i].asByteBuffer()), 0);
        }
        sending = arena.allocate(commandBytes, Long.BYTES);
        sendingBuffer = new UnsafeBuffer(sending.asByteBuffer());
        command = new RobotCommand(version);
    }

    /**
     * Waits for a state that is newer than the newest so far, and takes all that there are.
     *
     * @param timeoutNanos rounded up to milliseconds; 0 only looks
     * @return whether there was one
     */
    public boolean await(final long timeoutNanos) {
        noticedAtNanos = clock.getAsLong();
        if (drain()) {
            return true;
        }
        if (!socket.await(timeoutNanos)) {
            return false;
        }
        noticedAtNanos = clock.getAsLong();
        return drain();
    }

    /**
     * Waits for a datagram without taking it in.
     *
     * @param timeoutNanos rounded up to milliseconds; 0 only looks
     * @return whether one is there
     */
    public boolean isWaiting(final long timeoutNanos) {
        return socket.await(timeoutNanos);
    }

    /** When the thread began to take in what has come: with a state that was waited for, when the kernel had woken it. */
    public long noticedAtNanos() {
        return noticedAtNanos;
    }

    private boolean drain() {
        boolean fresh = false;
        int bytes = socket.receive(received[1 - newest]);
        while (bytes != UdpSocket.NOTHING) {
            if (bytes != stateBytes) {
                malformed++;
            } else {
                fresh |= accept();
            }
            bytes = socket.receive(received[1 - newest]);
        }
        return fresh;
    }

    private boolean accept() {
        final long id = states[1 - newest].messageId();
        final long last = states[newest].messageId();
        if (any && id <= last) {
            passedOver++;
            return false;
        }
        socket.accept();
        lost += any ? id - last - 1 : 0;
        any = true;
        newest = 1 - newest;
        return true;
    }

    /** The newest state; before the first, all of it is zero. Another object after each {@link #await}. */
    public RobotState state() {
        return states[newest];
    }

    /** A command that answers the newest state, all else zero: to be filled in and sent by {@link #send}. */
    public RobotCommand command() {
        return command.clear(sendingBuffer, 0).messageId(state().messageId());
    }

    /** The command that was filled in last, now answering the newest state. */
    public RobotCommand sameCommand() {
        return command.wrap(sendingBuffer, 0, commandBytes).messageId(state().messageId());
    }

    /**
     * Sends the command.
     *
     * @return whether the kernel took it
     * @throws IllegalStateException before the first state
     */
    public boolean send() {
        return socket.answer(sending, commandBytes);
    }

    /** States that never came, by the gaps in the robot's counter. */
    public long lost() {
        return lost;
    }

    /** States that came late or twice. */
    public long passedOver() {
        return passedOver;
    }

    /** Datagrams that were no states. */
    public long malformed() {
        return malformed;
    }

    @Override
    public void close() {
        socket.close();
        arena.close();
    }
}
