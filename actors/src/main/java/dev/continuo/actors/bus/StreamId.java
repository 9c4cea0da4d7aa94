package dev.continuo.actors.bus;

import dev.continuo.actors.message.ActionChunkDecoder;
import dev.continuo.actors.message.CameraFrameDecoder;
import dev.continuo.actors.message.EventDecoder;
import dev.continuo.actors.message.HeartbeatDecoder;
import dev.continuo.actors.message.InstructionDecoder;
import dev.continuo.actors.message.JointStateDecoder;
import dev.continuo.actors.message.ReasoningDecoder;
import dev.continuo.actors.message.SensorSampleDecoder;

/**
 * The streams, each of which carries one type of message.
 *
 * <p>To add one: a message in {@code sbe/continuo.xml}, a case in {@link dev.continuo.actors.message.MessageCheck}, a constant here.
 */
public enum StreamId {
    /** Pictures of all cameras. */
    CAMERA_FRAME(1, CameraFrameDecoder.TEMPLATE_ID, true),
    /** Measured states of all arms. */
    JOINT_STATE(2, JointStateDecoder.TEMPLATE_ID, false),
    /** What the robot is asked to do. */
    INSTRUCTION(3, InstructionDecoder.TEMPLATE_ID, false),
    /** Finished reasonings. */
    REASONING(4, ReasoningDecoder.TEMPLATE_ID, false),
    /** Reasonings as far as they have come: for people to read, not for stages to act on. */
    REASONING_PROGRESS(5, ReasoningDecoder.TEMPLATE_ID, false),
    /** Action chunks for all arms. */
    ACTION_CHUNK(6, ActionChunkDecoder.TEMPLATE_ID, false),
    /** Readings of further sensors. */
    SENSOR_SAMPLE(7, SensorSampleDecoder.TEMPLATE_ID, false),
    /** What an operator or a log should know. */
    EVENT(8, EventDecoder.TEMPLATE_ID, false),
    /** Signs of life. */
    HEARTBEAT(9, HeartbeatDecoder.TEMPLATE_ID, false),
    /** To the echo, when round trips are measured. Carries any bytes. */
    ECHO_REQUEST(20, 0, true),
    /** Back from the echo. */
    ECHO_REPLY(21, 0, true);

    /** The longest message on a stream that does not carry pictures, in bytes. */
    public static final int SMALL_MESSAGE_BYTES = 32 * 1024;

    private final int id;
    private final int templateId;
    private final boolean large;

    StreamId(final int id, final int templateId, final boolean large) {
        this.id = id;
        this.templateId = templateId;
        this.large = large;
    }

    /** The stream's number on the wire. */
    public int id() {
        return id;
    }

    /** The message type that the stream carries; 0 for any bytes. */
    public int templateId() {
        return templateId;
    }

    /** Whether messages may be as long as a picture. */
    public boolean large() {
        return large;
    }
}
