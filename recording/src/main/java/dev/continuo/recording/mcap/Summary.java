package dev.continuo.recording.mcap;

/** What stands at the end of a file and leads to all that stands before: collected while the file grows, some hundred bytes a chunk. */
final class Summary {
    private static final int INITIAL_BYTES = 4096;

    private final RecordBuffer schemas = new RecordBuffer(INITIAL_BYTES);
    private final RecordBuffer channels = new RecordBuffer(INITIAL_BYTES);
    private final RecordBuffer chunkIndexes = new RecordBuffer(INITIAL_BYTES);
    private final RecordBuffer attachmentIndexes = new RecordBuffer(INITIAL_BYTES);
    private final RecordBuffer metadataIndexes = new RecordBuffer(INITIAL_BYTES);
    private final Statistics statistics = new Statistics();

    RecordBuffer schemas() {
        return schemas;
    }

    RecordBuffer channels() {
        return channels;
    }

    RecordBuffer chunkIndexes() {
        return chunkIndexes;
    }

    RecordBuffer attachmentIndexes() {
        return attachmentIndexes;
    }

    RecordBuffer metadataIndexes() {
        return metadataIndexes;
    }

    Statistics statistics() {
        return statistics;
    }

    /** Appends the summary, the offsets of its groups and the footer. */
    void writeTo(final PartFile file) {
        file.resetCrc();
        final long summaryAt = file.position();
        final RecordBuffer offsets = new RecordBuffer(INITIAL_BYTES);
        group(file, offsets, Opcode.SCHEMA, schemas);
        group(file, offsets, Opcode.CHANNEL, channels);
        final RecordBuffer totals = new RecordBuffer(INITIAL_BYTES);
        statistics.writeTo(totals);
        group(file, offsets, Opcode.STATISTICS, totals);
        group(file, offsets, Opcode.CHUNK_INDEX, chunkIndexes);
        group(file, offsets, Opcode.ATTACHMENT_INDEX, attachmentIndexes);
        group(file, offsets, Opcode.METADATA_INDEX, metadataIndexes);
        final long offsetsAt = file.position();
        file.write(offsets.from(0));
        final RecordBuffer footer = offsets.clear().begin(Opcode.FOOTER).u64(summaryAt).u64(offsetsAt).end(Integer.BYTES);
        file.write(footer.from(0));
        // The checksum covers the footer up to itself.
        file.write(footer.clear().u32(file.crc()).from(0));
    }

    private static void group(final PartFile file, final RecordBuffer offsets, final Opcode kind, final RecordBuffer records) {
        if (records.length() > 0) {
            offsets.begin(Opcode.SUMMARY_OFFSET).u8(kind.code()).u64(file.position()).u64(records.length()).end();
            file.write(records.from(0));
        }
    }
}
