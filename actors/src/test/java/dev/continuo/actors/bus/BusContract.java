package dev.continuo.actors.bus;

import dev.continuo.actors.AllocationMeter;
import dev.continuo.actors.message.CameraFrameDecoder;
import dev.continuo.actors.message.MessageHeaderDecoder;
import dev.continuo.actors.message.MessageStamp;
import dev.continuo.actors.message.Messages;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What every bus does, whatever carries it. */
abstract class BusContract {
    static final int FRAME_BYTES = 640 * 480 * 3 + 256;
    static final long DEADLINE_NANOS = 10_000_000_000L;

    final UnsafeBuffer scratch = new UnsafeBuffer(new byte[1024 * 1024]);

    abstract Bus bus();

    @Test
    void deliversToEverySubscriberInOrder() {
        final BusSubscription first = bus().subscription(StreamId.INSTRUCTION);
        final BusSubscription second = bus().subscription(StreamId.INSTRUCTION);
        final BusPublication publication = connected(StreamId.INSTRUCTION, first, second);
        for (int sequence = 1; sequence <= 5; sequence++) {
            assertEquals(Delivery.SENT, publication.offer(scratch, 0, Messages.instruction(scratch, "pick", sequence, sequence)));
        }
        assertEquals(5, publication.sent().get());
        for (final BusSubscription subscription : new BusSubscription[] {first, second}) {
            final long[] last = new long[1];
            final int[] count = new int[1];
            until(() -> {
                subscription.poll((buffer, offset, length) -> {
                    final long sequence = MessageStamp.sequence(buffer, offset);
                    assertEquals(last[0] + 1, sequence);
                    last[0] = sequence;
                    count[0]++;
                }, 10);
                return count[0] == 5;
            });
            subscription.close();
        }
        publication.close();
    }

    @Test
    void saysThatNobodyListens() {
        try (BusPublication publication = bus().publication(StreamId.SENSOR_SAMPLE)) {
            assertEquals(Delivery.NO_SUBSCRIBER, publication.offer(scratch, 0, 40));
            assertNull(publication.claim(40));
            assertEquals(Delivery.NO_SUBSCRIBER, publication.refusal());
            assertEquals(0, publication.dropped().get());
        }
    }

    @Test
    void refusesWhatIsTooLongAndCountsIt() {
        final BusSubscription subscription = bus().subscription(StreamId.EVENT);
        final BusPublication publication = connected(StreamId.EVENT, subscription);
        assertEquals(Delivery.TOO_LONG, publication.offer(scratch, 0, bus().maxMessageBytes(StreamId.EVENT) + 1));
        assertEquals(1, publication.dropped().get());
        publication.close();
        assertEquals(Delivery.CLOSED, publication.offer(scratch, 0, 40));
        subscription.close();
    }

    @Test
    void claimedSpaceIsSentWhenCommittedAndNotWhenAborted() {
        final BusSubscription subscription = bus().subscription(StreamId.INSTRUCTION);
        final BusPublication publication = connected(StreamId.INSTRUCTION, subscription);
        final int length = Messages.instruction(scratch, "aborted", 1, 1);
        final MutableDirectBuffer aborted = publication.claim(length);
        assertNotNull(aborted);
        aborted.putBytes(0, scratch, 0, length);
        publication.abort();
        final int sent = Messages.instruction(scratch, "sent", 2, 2);
        publication.claim(sent).putBytes(0, scratch, 0, sent);
        publication.commit();
        final NewestSubscription newest = new NewestSubscription(subscription, 1, 1024);
        until(() -> {
            newest.poll(10);
            return newest.at(0).take();
        });
        assertEquals(2, newest.at(0).sequence());
        assertEquals(1, newest.at(0).accepted().get());
        newest.close();
        publication.close();
    }

    @Test
    void keepsOnlyTheNewestOfEachSource() {
        final NewestSubscription newest = new NewestSubscription(bus().subscription(StreamId.JOINT_STATE), 2, 1024);
        final BusPublication publication = connected(StreamId.JOINT_STATE, newest.subscription());
        for (int sequence = 1; sequence <= 3; sequence++) {
            publication.offer(scratch, 0, Messages.jointState(scratch, 0, new double[7], sequence, 100 + sequence));
        }
        publication.offer(scratch, 0, Messages.jointState(scratch, 0, new double[7], 2, 102)); // a duplicate, late
        publication.offer(scratch, 0, Messages.jointState(scratch, 1, new double[7], 1, 50));
        publication.offer(scratch, 0, Messages.jointState(scratch, 7, new double[7], 1, 50)); // no such arm
        publication.offer(scratch, 0, Messages.jointState(scratch, 1, new double[7], 2, 90_000_000)); // from the future
        publication.offer(scratch, 0, 20); // cut off
        until(() -> {
            newest.poll(1_000);
            return newest.malformed().get() == 1;
        });
        assertTrue(newest.at(0).take());
        assertFalse(newest.at(0).take());
        assertEquals(103, newest.at(0).observedAtNanos());
        assertEquals(1, newest.at(0).outOfOrder().get());
        assertEquals(2, newest.at(0).superseded().get());
        assertTrue(newest.at(1).take());
        assertEquals(50, newest.at(1).observedAtNanos());
        assertEquals(1, newest.at(1).fromTheFuture().get());
        assertEquals(1, newest.unknownSource().get());
        assertTrue(newest.at(1).isFresh(60, 10));
        assertFalse(newest.at(1).isFresh(61, 10));
        newest.close();
        publication.close();
    }

    @Test
    void pictureIsReceivedWithoutAllocation() {
        final NewestSubscription newest = new NewestSubscription(bus().subscription(StreamId.CAMERA_FRAME), 1, FRAME_BYTES);
        final BusPublication publication = connected(StreamId.CAMERA_FRAME, newest.subscription());
        final byte[] pixels = new byte[640 * 480 * 3];
        Arrays.fill(pixels, (byte)9);
        final int length = Messages.frame(scratch, 0, 640, 480, pixels, 1, 1);
        final CameraFrameDecoder frame = new CameraFrameDecoder();
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        final long[] now = {1};
        final Runnable exchange = () -> {
            now[0]++;
            scratch.putLong(8 + 8, now[0]); // published at
            while (publication.offer(scratch, 0, length) == Delivery.BACK_PRESSURED) {
                Thread.onSpinWait();
            }
            final long deadline = System.nanoTime() + DEADLINE_NANOS;
            while (!newest.at(0).take()) {
                newest.poll(now[0]);
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("picture did not arrive");
                }
            }
            frame.wrapAndApplyHeader(newest.at(0).buffer(), 0, header);
            if (frame.width() != 640 || newest.at(0).buffer().getByte(length - 1) != 9) {
                throw new IllegalStateException("picture arrived damaged");
            }
        };
        assertEquals(0, AllocationMeter.leastAllocatedBy(200, exchange));
        newest.close();
        publication.close();
    }

    BusPublication connected(final StreamId stream, final BusSubscription... subscriptions) {
        final BusPublication publication = bus().publication(stream);
        until(publication::isConnected);
        for (final BusSubscription subscription : subscriptions) {
            until(subscription::isConnected);
        }
        return publication;
    }

    static void until(final BooleanSupplier condition) {
        final long deadline = System.nanoTime() + DEADLINE_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + DEADLINE_NANOS / 1_000_000_000L + " s");
            }
            LockSupport.parkNanos(50_000);
        }
    }
}
