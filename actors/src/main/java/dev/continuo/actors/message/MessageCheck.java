package dev.continuo.actors.message;

import org.agrona.DirectBuffer;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

/**
 * Decides whether bytes from a stream are a message that the codecs can read without running off its end.
 *
 * <p>Nothing is thrown and nothing is allocated: what fails is told as a {@link Verdict}, for the receiver to count. Structure is
 * checked for all messages alike (header, block, groups, variable-length data); contents where a stage would be misled by them.
 */
public final class MessageCheck {
    /** What is wrong with a message, or {@link #VALID}. */
    public enum Verdict {
        /** Safe to decode. */
        VALID,
        /** Shorter than a header, or ends within a block, group or data field. */
        TRUNCATED,
        /** Not of this schema. */
        FOREIGN,
        /** Of this schema, but not the message that this stream carries. */
        UNEXPECTED,
        /** Longer than its contents say. */
        OVERLONG,
        /** Well formed, but its contents contradict each other or are not finite numbers. */
        CONTRADICTORY
    }

    private static final int HEADER = MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int GROUP_HEADER = 4;
    private static final int DATA_HEADER = 4;

    private MessageCheck() {
    }

    /** Checks {@code length} bytes at {@code offset}, which lie within the buffer, against the message {@code templateId}. */
    public static Verdict check(final DirectBuffer buffer, final int offset, final int length, final int templateId) {
        if (length < HEADER) {
            return Verdict.TRUNCATED;
        }
        if (unsigned(buffer, offset + 4) != MessageHeaderDecoder.SCHEMA_ID) {
            return Verdict.FOREIGN;
        }
        if (unsigned(buffer, offset + 2) != templateId) {
            return Verdict.UNEXPECTED;
        }
        final int blockLength = unsigned(buffer, offset);
        if (blockLength < blockLength(templateId, unsigned(buffer, offset + 6))) {
            return Verdict.TRUNCATED;
        }
        final int end = endOfContents(buffer, offset, length, blockLength, templateId);
        if (end < 0) {
            return Verdict.TRUNCATED;
        }
        // A newer sender may append fields that this reader does not know.
        if (end != length && unsigned(buffer, offset + 6) <= MessageHeaderDecoder.SCHEMA_VERSION) {
            return Verdict.OVERLONG;
        }
        return contentsAgree(buffer, offset + HEADER, blockLength, templateId) ? Verdict.VALID : Verdict.CONTRADICTORY;
    }

    /** Walks groups and data fields; the offset behind the last one relative to the message, or -1 when they run off the end. */
    private static int endOfContents(
        final DirectBuffer buffer, final int offset, final int length, final int blockLength, final int templateId) {
        long position = HEADER + blockLength;
        for (int remaining = groups(templateId); remaining > 0; remaining--) {
            if (position + GROUP_HEADER > length) {
                return -1;
            }
            final int entryLength = unsigned(buffer, offset + (int)position);
            if (entryLength < groupEntryLength(templateId)) {
                return -1;
            }
            position += GROUP_HEADER + (long)entryLength * unsigned(buffer, offset + (int)position + 2);
        }
        for (int remaining = dataFields(templateId); remaining > 0; remaining--) {
            if (position + DATA_HEADER > length) {
                return -1;
            }
            position += DATA_HEADER + (buffer.getInt(offset + (int)position, LITTLE_ENDIAN) & 0xFFFF_FFFFL);
        }
        return position > length ? -1 : (int)position;
    }

    private static boolean contentsAgree(final DirectBuffer buffer, final int block, final int blockLength, final int templateId) {
        final int behindBlock = block + blockLength;
        if (buffer.getLong(block, LITTLE_ENDIAN) > buffer.getLong(block + 8, LITTLE_ENDIAN)) {
            return false; // observed after it was published
        }
        return switch (templateId) {
            case CameraFrameDecoder.TEMPLATE_ID -> frameAgrees(buffer, block, behindBlock);
            case JointStateDecoder.TEMPLATE_ID -> jointStateAgrees(buffer, block, behindBlock);
            case ReasoningDecoder.TEMPLATE_ID -> reasoningAgrees(buffer, block, behindBlock);
            case ActionChunkDecoder.TEMPLATE_ID -> chunkAgrees(buffer, block, behindBlock);
            case EventDecoder.TEMPLATE_ID -> buffer.getByte(block + EventDecoder.severityEncodingOffset()) >= 0
                && buffer.getByte(block + EventDecoder.severityEncodingOffset()) <= 3;
            case HeartbeatDecoder.TEMPLATE_ID -> buffer.getByte(block + HeartbeatDecoder.stateEncodingOffset()) >= 0
                && buffer.getByte(block + HeartbeatDecoder.stateEncodingOffset()) <= 4;
            default -> true;
        };
    }

    private static boolean frameAgrees(final DirectBuffer buffer, final int block, final int behindBlock) {
        final long width = unsigned(buffer, block + CameraFrameDecoder.widthEncodingOffset());
        final long height = unsigned(buffer, block + CameraFrameDecoder.heightEncodingOffset());
        return width > 0 && height > 0 && width * height * 3 == dataLength(buffer, behindBlock);
    }

    private static boolean jointStateAgrees(final DirectBuffer buffer, final int block, final int behindBlock) {
        final byte mode = buffer.getByte(block + JointStateDecoder.modeEncodingOffset());
        if (mode < 0 || mode > 8) {
            return false;
        }
        final int entryLength = unsigned(buffer, behindBlock);
        final int entries = unsigned(buffer, behindBlock + 2);
        for (int entry = 0; entry < entries; entry++) {
            final int values = behindBlock + GROUP_HEADER + entry * entryLength;
            for (int field = 0; field < 4; field++) {
                if (!Double.isFinite(buffer.getDouble(values + field * Double.BYTES, LITTLE_ENDIAN))) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean reasoningAgrees(final DirectBuffer buffer, final int block, final int behindBlock) {
        final byte finished = buffer.getByte(block + ReasoningDecoder.finishedEncodingOffset());
        return (finished == 0 || finished == 1) && floatsAreFinite(buffer, behindBlock);
    }

    private static boolean chunkAgrees(final DirectBuffer buffer, final int block, final int behindBlock) {
        final long rows = unsigned(buffer, block + ActionChunkDecoder.rowsEncodingOffset());
        final long columns = unsigned(buffer, block + ActionChunkDecoder.columnsEncodingOffset());
        return rows > 0 && columns > 0
            && buffer.getLong(block + ActionChunkDecoder.rowPeriodNanosEncodingOffset(), LITTLE_ENDIAN) > 0
            && rows * columns * Float.BYTES == dataLength(buffer, behindBlock)
            && floatsAreFinite(buffer, behindBlock);
    }

    private static boolean floatsAreFinite(final DirectBuffer buffer, final int data) {
        final long length = dataLength(buffer, data);
        if (length % Float.BYTES != 0) {
            return false;
        }
        final int end = data + DATA_HEADER + (int)length;
        for (int at = data + DATA_HEADER; at < end; at += Float.BYTES) {
            if (!Float.isFinite(buffer.getFloat(at, LITTLE_ENDIAN))) {
                return false;
            }
        }
        return true;
    }

    private static long dataLength(final DirectBuffer buffer, final int data) {
        return buffer.getInt(data, LITTLE_ENDIAN) & 0xFFFF_FFFFL;
    }

    private static int unsigned(final DirectBuffer buffer, final int index) {
        return buffer.getShort(index, LITTLE_ENDIAN) & 0xFFFF;
    }

    /** What a message of a version has at least: recordings outlive versions. */
    private static int blockLength(final int templateId, final int version) {
        return switch (templateId) {
            case CameraFrameDecoder.TEMPLATE_ID -> CameraFrameDecoder.BLOCK_LENGTH;
            case JointStateDecoder.TEMPLATE_ID -> JointStateDecoder.BLOCK_LENGTH;
            case InstructionDecoder.TEMPLATE_ID -> InstructionDecoder.BLOCK_LENGTH;
            case ReasoningDecoder.TEMPLATE_ID -> ReasoningDecoder.BLOCK_LENGTH;
            case ActionChunkDecoder.TEMPLATE_ID -> version < ActionChunkDecoder.continuedSequenceSinceVersion() ? ActionChunkDecoder.continuedSequenceEncodingOffset() : ActionChunkDecoder.BLOCK_LENGTH;
            case SensorSampleDecoder.TEMPLATE_ID -> SensorSampleDecoder.BLOCK_LENGTH;
            case EventDecoder.TEMPLATE_ID -> EventDecoder.BLOCK_LENGTH;
            case HeartbeatDecoder.TEMPLATE_ID -> HeartbeatDecoder.BLOCK_LENGTH;
            default -> Integer.MAX_VALUE; // a message that this build does not know is never long enough
        };
    }

    private static int groups(final int templateId) {
        return templateId == JointStateDecoder.TEMPLATE_ID || templateId == SensorSampleDecoder.TEMPLATE_ID ? 1 : 0;
    }

    private static int groupEntryLength(final int templateId) {
        return templateId == JointStateDecoder.TEMPLATE_ID ? 4 * Double.BYTES : Double.BYTES;
    }

    private static int dataFields(final int templateId) {
        return switch (templateId) {
            case JointStateDecoder.TEMPLATE_ID -> 0;
            case ReasoningDecoder.TEMPLATE_ID, EventDecoder.TEMPLATE_ID -> 2;
            default -> 1;
        };
    }
}
