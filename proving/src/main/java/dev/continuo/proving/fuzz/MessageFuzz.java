package dev.continuo.proving.fuzz;

import dev.continuo.actors.message.ActionChunkDecoder;
import dev.continuo.actors.message.CameraFrameDecoder;
import dev.continuo.actors.message.EventDecoder;
import dev.continuo.actors.message.HeartbeatDecoder;
import dev.continuo.actors.message.InstructionDecoder;
import dev.continuo.actors.message.JointStateDecoder;
import dev.continuo.actors.message.MessageCheck;
import dev.continuo.actors.message.MessageHeaderDecoder;
import dev.continuo.actors.message.ReasoningDecoder;
import dev.continuo.actors.message.SensorSampleDecoder;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;

/** A message of the bus: what the check lets pass must be readable to its last field. */
final class MessageFuzz implements Consumer<byte[]> {
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();

    @Override
    public void accept(final byte[] input) {
        if (input.length < MessageHeaderDecoder.ENCODED_LENGTH) {
            return;
        }
        final UnsafeBuffer buffer = new UnsafeBuffer(input);
        final int templateId = header.wrap(buffer, 0).templateId();
        if (MessageCheck.check(buffer, 0, input.length, templateId) == MessageCheck.Verdict.VALID) {
            readAll(buffer, templateId);
        }
    }

    private void readAll(final UnsafeBuffer buffer, final int templateId) {
        final StringBuilder text = new StringBuilder();
        switch (templateId) {
            case CameraFrameDecoder.TEMPLATE_ID -> new CameraFrameDecoder().wrapAndApplyHeader(buffer, 0, header).appendTo(text);
            case JointStateDecoder.TEMPLATE_ID -> new JointStateDecoder().wrapAndApplyHeader(buffer, 0, header).appendTo(text);
            case InstructionDecoder.TEMPLATE_ID -> new InstructionDecoder().wrapAndApplyHeader(buffer, 0, header).appendTo(text);
            case ReasoningDecoder.TEMPLATE_ID -> new ReasoningDecoder().wrapAndApplyHeader(buffer, 0, header).appendTo(text);
            case ActionChunkDecoder.TEMPLATE_ID -> new ActionChunkDecoder().wrapAndApplyHeader(buffer, 0, header).appendTo(text);
            case SensorSampleDecoder.TEMPLATE_ID -> new SensorSampleDecoder().wrapAndApplyHeader(buffer, 0, header).appendTo(text);
            case EventDecoder.TEMPLATE_ID -> new EventDecoder().wrapAndApplyHeader(buffer, 0, header).appendTo(text);
            case HeartbeatDecoder.TEMPLATE_ID -> new HeartbeatDecoder().wrapAndApplyHeader(buffer, 0, header).appendTo(text);
            default -> throw new IllegalStateException("a message that there is none was let pass: " + templateId);
        }
    }
}
