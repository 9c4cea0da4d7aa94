package dev.continuo.recording.lerobot;

import dev.continuo.perception.video.VideoFileJoiner;
import dev.continuo.perception.video.VideoFileWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One camera's pictures on their way into the dataset's video files. An episode is encoded into a file of its own while it goes on, so that it can be discarded, and joined to the others at its end.
 * One thread at a time.
 */
final class CameraTrack implements Closeable {
    private static final long LIMIT_BYTES = (long) DatasetFormat.VIDEO_MEGABYTES << 20;

    private final LeRobotCamera camera;
    private final int fps;
    private final Path root;
    private final Path episodeFile;
    private FileNumber number = FileNumber.FIRST;
    private long joinedBytes;
    private PictureStats stats = new PictureStats();
    private VideoFileWriter episode;
    private VideoFileJoiner joined;

    /**
     * Where an episode's pictures have come to be.
     *
     * @param fromSeconds in the file
     * @param toSeconds   in the file
     */
    record Place(FileNumber number, double fromSeconds, double toSeconds) {
    }

    /** @param staging a folder for what will not be part of the dataset */
    CameraTrack(final LeRobotCamera camera, final int fps, final Path root, final Path staging) {
        this.camera = camera;
        this.fps = fps;
        this.root = root;
        episodeFile = staging.resolve(camera.key() + ".mp4");
    }

    LeRobotCamera camera() {
        return camera;
    }

    void add(final byte[] rgb) throws IOException {
        if (episode == null) {
            episode = new VideoFileWriter(episodeFile, camera.width(), camera.height(), fps);
        }
        episode.write(rgb);
        stats.add(rgb, camera.width(), camera.height());
    }

    /** Of the current episode's pictures. */
    FeatureStats stats() {
        return stats.stats();
    }

    void discardEpisode() throws IOException {
        closeEpisode();
        Files.deleteIfExists(episodeFile);
    }

    private void closeEpisode() {
        if (episode != null) {
            episode.close();
            episode = null;
        }
        stats = new PictureStats();
    }

    Place endEpisode() throws IOException {
        episode.finish();
        closeEpisode();
        final long bytes = Files.size(episodeFile);
        if (joined != null && joinedBytes + bytes >= LIMIT_BYTES) {
            finish();
            number = number.next();
        }
        if (joined == null) {
            final Path file = root.resolve(number.in(DatasetFormat.VIDEOS, camera.key()));
            Files.createDirectories(file.getParent());
            joined = new VideoFileJoiner(file, fps);
            joinedBytes = 0;
        }
        final double fromSeconds = (double) joined.pictures() / fps;
        joined.append(episodeFile);
        joinedBytes += bytes;
        Files.delete(episodeFile);
        return new Place(number, fromSeconds, (double) joined.pictures() / fps);
    }

    /** Completes the file that is being written. */
    void finish() throws IOException {
        if (joined != null) {
            joined.finish();
            joined.close();
            joined = null;
        }
    }

    @Override
    public void close() {
        closeEpisode();
        if (joined != null) {
            joined.close();
            joined = null;
        }
    }
}
