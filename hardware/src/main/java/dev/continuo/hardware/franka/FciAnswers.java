package dev.continuo.hardware.franka;

import org.agrona.DirectBuffer;

/** What a robot's answers look like (franka-fci.md section 2). */
public final class FciAnswers implements AnswerStream.Framing<FciAnswer> {
    /** Longer than any description of a robot, far shorter than what would fill the memory. */
    private static final int LONGEST_ANSWER = 16 << 20;

    private final String robot;
    private final FciVersion version;

    /**
     * Answers of one robot.
     *
     * @param robot for messages
     */
    public FciAnswers(final String robot, final FciVersion version) {
        this.robot = robot;
        this.version = version;
    }

    @Override
    public int headerBytes() {
        return FciHeader.BYTES;
    }

    @Override
    public int length(final DirectBuffer received, final int at) {
        final FciHeader header = FciHeader.read(received, at);
        final FciCommand command = command(header);
        if (header.bytes() <= FciHeader.BYTES || header.bytes() > LONGEST_ANSWER) {
            throw new FrankaException(robot + " sends an answer of " + header.bytes() + " bytes to " + command.documentedName());
        }
        return header.bytes();
    }

    @Override
    public int request(final DirectBuffer received, final int at) {
        return FciHeader.read(received, at).request();
    }

    @Override
    public FciAnswer answer(final DirectBuffer received, final int at, final int length) {
        final byte[] rest = new byte[length - FciHeader.BYTES - 1];
        received.getBytes(at + FciHeader.BYTES + 1, rest);
        return new FciAnswer(command(FciHeader.read(received, at)), version, received.getByte(at + FciHeader.BYTES) & 0xFF, rest);
    }

    private FciCommand command(final FciHeader header) {
        return FciCommand.of(version, header.command())
            .orElseThrow(() -> new FrankaException(robot + " answers command " + header.command() + ", which there is none"));
    }
}
