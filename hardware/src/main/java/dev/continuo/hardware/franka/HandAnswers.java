package dev.continuo.hardware.franka;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;

/** What a hand's answers look like (franka-fci.md section 12b). */
public final class HandAnswers implements AnswerStream.Framing<HandAnswers.Answer> {
    private static final int STATUS_BYTES = 2;
    private static final int CONNECT_ANSWER_BYTES = HandRequest.HEADER_BYTES + 2 * STATUS_BYTES;
    private static final int LONGEST_ANSWER = 1024;

    private final String hand;

    /**
     * A hand's answer.
     *
     * @param status  on the wire
     * @param version that the hand speaks, in the answer to Connect; 0 in others
     */
    public record Answer(int status, int version) {
    }

    /**
     * Answers of one hand.
     *
     * @param hand for messages
     */
    public HandAnswers(final String hand) {
        this.hand = hand;
    }

    @Override
    public int headerBytes() {
        return HandRequest.HEADER_BYTES;
    }

    @Override
    public int length(final DirectBuffer received, final int at) {
        final int length = received.getInt(at + Short.BYTES + Integer.BYTES, LITTLE_ENDIAN);
        if (length < HandRequest.HEADER_BYTES + STATUS_BYTES || length > LONGEST_ANSWER) {
            throw new FrankaException(hand + " sends an answer of " + length + " bytes");
        }
        return length;
    }

    @Override
    public int request(final DirectBuffer received, final int at) {
        return received.getInt(at + Short.BYTES, LITTLE_ENDIAN);
    }

    @Override
    public Answer answer(final DirectBuffer received, final int at, final int length) {
        final int payload = at + HandRequest.HEADER_BYTES;
        return new Answer(received.getShort(payload, LITTLE_ENDIAN) & 0xFFFF,
            length < CONNECT_ANSWER_BYTES ? 0 : received.getShort(payload + STATUS_BYTES, LITTLE_ENDIAN) & 0xFFFF);
    }
}
