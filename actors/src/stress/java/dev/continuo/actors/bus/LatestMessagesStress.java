package dev.continuo.actors.bus;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.continuo.actors.message.MessageHeaderEncoder;
import dev.continuo.actors.message.MessageStamp;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** Messages handed from the thread that receives them to the one that uses them: never torn, never an older one after a newer one. */
class LatestMessagesStress {
    private static final int BODY = MessageStamp.LENGTH;
    private static final int CAPACITY = BODY + Long.BYTES;
    private static final long NOW = 100;
    /** What a message is read as whose two halves are of different messages. */
    private static final int TORN = -1;

    /** The newest alone. */
    @JCStressTest
    @Outcome(id = {"0, 0, 3", "0, 1, 3", "0, 2, 3", "0, 3, 3", "1, 1, 3", "1, 2, 3", "1, 3, 3", "2, 2, 3", "2, 3, 3", "3, 3, 3"}, expect = ACCEPTABLE, desc = "whole, never older, and in the end the last")
    @Outcome(expect = FORBIDDEN, desc = "torn, older than one before, or not the last")
    @State
    public static class Newest {
        private final NewestValue newest = new NewestValue(CAPACITY);
        private final UnsafeBuffer message = new UnsafeBuffer(new byte[CAPACITY]);

        /** The thread that receives. */
        @Actor
        public void receive() {
            for (int number = 1; number <= 3; number++) {
                newest.put(write(message, number), 0, CAPACITY, NOW);
            }
        }

        /** The thread that uses. */
        @Actor
        public void use(final III_Result result) {
            result.r1 = take();
            result.r2 = take();
        }

        /** The same, later. */
        @Arbiter
        public void later(final III_Result result) {
            result.r3 = take();
        }

        private int take() {
            newest.take();
            return newest.isPresent() ? read(newest.buffer()) : 0;
        }
    }

    /** The last two, of which one is chosen. */
    @JCStressTest
    @Outcome(id = {"0, 3", "1, 3", "2, 3", "3, 3"}, expect = ACCEPTABLE, desc = "whole, and in the end the last")
    @Outcome(expect = FORBIDDEN, desc = "torn, or not the last")
    @State
    public static class Recent {
        private final RecentValues recent = new RecentValues(2, CAPACITY);
        private final UnsafeBuffer message = new UnsafeBuffer(new byte[CAPACITY]);

        /** The thread that receives. */
        @Actor
        public void receive() {
            for (int number = 1; number <= 3; number++) {
                recent.put(write(message, number), 0, CAPACITY, NOW);
            }
        }

        /** The thread that uses. */
        @Actor
        public void use(final II_Result result) {
            result.r1 = take();
        }

        /** The same, later. */
        @Arbiter
        public void later(final II_Result result) {
            result.r2 = take();
        }

        /** Takes the newest that it sees, or says 0 where there is none any more. */
        private int take() {
            final int seen = recent.look(NOW, NOW);
            int chosen = -1;
            for (int i = 0; i < seen; i++) {
                chosen = chosen < 0 || recent.observedAtNanos(i) > recent.observedAtNanos(chosen) ? i : chosen;
            }
            return chosen >= 0 && recent.take(chosen) ? read(recent.buffer()) : 0;
        }
    }

    private static DirectBuffer write(final MutableDirectBuffer buffer, final long number) {
        final int block = MessageHeaderEncoder.ENCODED_LENGTH;
        buffer.putLong(block, number, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(block + 8, number, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(block + 16, number, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(BODY, number);
        return buffer;
    }

    private static int read(final DirectBuffer buffer) {
        final long number = MessageStamp.observedAtNanos(buffer, 0);
        return buffer.getLong(BODY) == number ? (int) number : TORN;
    }
}
