package dev.continuo.benchmarks.bus;

import dev.continuo.actors.bus.AeronBus;
import dev.continuo.actors.bus.Bus;
import dev.continuo.actors.bus.BusHandler;
import dev.continuo.actors.bus.BusPublication;
import dev.continuo.actors.bus.BusSubscription;
import dev.continuo.actors.bus.Delivery;
import dev.continuo.actors.bus.StreamId;
import dev.continuo.config.BusProfile;
import dev.continuo.supervision.command.RunFailure;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;

/** Asks over the bus; it owns the media driver, as the role {@code control} does. */
final class AeronClient implements EchoClient {
    /** As the profiles have it. */
    private static final int TERM_BYTES = 16 * 1024 * 1024;
    private static final int FRAGMENT_LIMIT = 16;

    private final Bus bus;
    private final BusPublication requests;
    private final BusSubscription replies;
    private final IdleStrategy idle;
    private final BusHandler handler = this::onReply;
    private final UnsafeBuffer message = new UnsafeBuffer(0, 0);
    private int expectedLength;
    private long stamp;
    private boolean answered;

    AeronClient(final Path folder, final IdleStrategy idle) {
        bus = AeronBus.launch(profile(folder), _ -> { });
        requests = bus.publication(StreamId.ECHO_REQUEST);
        replies = bus.subscription(StreamId.ECHO_REPLY);
        this.idle = idle;
    }

    /** The bus of a benchmark, in a folder of its own. */
    static BusProfile profile(final Path folder) {
        return new BusProfile(folder, "aeron:ipc", TERM_BYTES);
    }

    /** Waits until the echo is there. */
    void awaitEcho() {
        final long deadlineNanos = System.nanoTime() + TIMEOUT_NANOS;
        while (!requests.isConnected() || !replies.isConnected()) {
            if (System.nanoTime() - deadlineNanos > 0) {
                throw EchoClient.silent(Transport.AERON_IPC);
            }
            Thread.onSpinWait();
            Thread.yield();
        }
    }

    @Override
    public long exchange(final ByteBuffer request, final int length) {
        message.wrap(request, 0, length);
        expectedLength = length;
        answered = false;
        idle.reset();
        final long deadlineNanos = System.nanoTime() + TIMEOUT_NANOS;
        Delivery delivery = requests.offer(message, 0, length);
        while (delivery == Delivery.BACK_PRESSURED) {
            idle(deadlineNanos);
            delivery = requests.offer(message, 0, length);
        }
        if (delivery != Delivery.SENT) {
            throw new RunFailure("aeron-ipc: a message of " + length + " bytes was not sent: " + delivery);
        }
        while (!answered) {
            if (replies.poll(handler, FRAGMENT_LIMIT) > 0) {
                idle.reset();
            } else {
                idle(deadlineNanos);
            }
        }
        return stamp;
    }

    private void idle(final long deadlineNanos) {
        if (System.nanoTime() - deadlineNanos > 0) {
            throw EchoClient.silent(Transport.AERON_IPC);
        }
        idle.idle();
    }

    private void onReply(final DirectBuffer buffer, final int offset, final int length) {
        stamp = length == expectedLength ? EchoClient.stamp(buffer, offset, length) : DAMAGED;
        answered = true;
    }

    @Override
    public void close() {
        CloseHelper.closeAll(requests, replies, bus);
    }
}
