package dev.continuo.recording.mcap;

import java.util.Map;
import java.util.TreeMap;

/** What a file holds, in numbers. */
final class Statistics {
    private final Map<Integer, Long> messagesByChannel = new TreeMap<>();
    private long startNanos = Long.MAX_VALUE;
    private long endNanos;
    private int schemas;
    private int channels;
    private int attachments;
    private int metadata;
    private int chunks;

    /** @return the new schema's id; MCAP keeps 0 for "none" */
    int countSchema() {
        return ++schemas;
    }

    /** @return the new channel's id, from 1 */
    int countChannel() {
        return ++channels;
    }

    void countAttachment() {
        attachments++;
    }

    void countMetadata() {
        metadata++;
    }

    void countChunk() {
        chunks++;
    }

    void countMessage(final int channelId, final long logTimeNanos) {
        messagesByChannel.merge(channelId, 1L, Long::sum);
        startNanos = Math.min(startNanos, logTimeNanos);
        endNanos = Math.max(endNanos, logTimeNanos);
    }

    int schemas() {
        return schemas;
    }

    int channels() {
        return channels;
    }

    void writeTo(final RecordBuffer records) {
        final long messages = messagesByChannel.values().stream().mapToLong(Long::longValue).sum();
        records.begin(Opcode.STATISTICS)
            .u64(messages).u16(schemas).u32(channels).u32(attachments).u32(metadata).u32(chunks)
            .u64(messages == 0 ? 0 : startNanos).u64(endNanos);
        final int list = records.beginList();
        messagesByChannel.forEach((channelId, count) -> records.u16(channelId).u64(count));
        records.endList(list).end();
    }
}
