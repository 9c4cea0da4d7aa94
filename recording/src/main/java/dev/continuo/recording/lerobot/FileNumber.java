package dev.continuo.recording.lerobot;

/**
 * Which of a dataset's numbered files something is in.
 *
 * @param chunk the folder, from 0
 * @param file  the file in it, from 0
 */
record FileNumber(int chunk, int file) {
    /** How many files LeRobot puts into a folder. */
    static final int CHUNK_FILES = 1000;
    /** Where nothing was written yet. */
    static final FileNumber FIRST = new FileNumber(0, 0);

    FileNumber next() {
        return file == CHUNK_FILES - 1 ? new FileNumber(chunk + 1, 0) : new FileNumber(chunk, file + 1);
    }

    /**
     * Fills in one of the patterns of {@code info.json}, such as <code>data/chunk-{chunk_index:03d}/file-{file_index:03d}.parquet</code>.
     *
     * @param key the video's feature, for patterns that name it
     */
    String in(final String pattern, final String key) {
        return pattern.replace("{chunk_index:03d}", "%03d".formatted(chunk)).replace("{file_index:03d}", "%03d".formatted(file)).replace("{video_key}", key);
    }
}
