package dev.continuo.recording.lerobot;

import dev.continuo.perception.Frame;
import dev.continuo.perception.video.VideoFileReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/** Finds the pictures of an episode in a video file, each by its time. Goes forwards only. */
final class VideoCursor implements Closeable {
    private static final double SECOND_NANOS = 1e9;
    /** A picture that is further off, in parts of the time between two, is not the one that is meant. */
    private static final double TOLERANCE = 0.25;

    private final Path path;
    private final LeRobotCamera camera;
    private final VideoFileReader file;
    private final double toleranceSeconds;
    private final Frame frame;
    private double atSeconds = Double.NEGATIVE_INFINITY;

    VideoCursor(final Path path, final LeRobotCamera camera, final double fromSeconds, final int fps) throws IOException {
        this.path = path;
        this.camera = camera;
        toleranceSeconds = TOLERANCE / fps;
        frame = new Frame(camera.width(), camera.height());
        file = new VideoFileReader(path);
        try {
            file.seek(Math.round(fromSeconds * SECOND_NANOS));
        } catch (final IOException e) {
            file.close();
            throw e;
        }
    }

    /** The picture of that time in the file. */
    byte[] at(final double seconds) throws IOException {
        while (atSeconds < seconds - toleranceSeconds) {
            if (!file.next()) {
                throw new IOException(path + ": ends before " + seconds + " s");
            }
            atSeconds = file.timeNanos() / SECOND_NANOS;
        }
        if (atSeconds > seconds + toleranceSeconds) {
            throw new IOException(path + ": no picture at " + seconds + " s; the next is at " + atSeconds + " s");
        }
        if (file.width() != camera.width() || file.height() != camera.height()) {
            throw new IOException(path + ": pictures of " + file.width() + "x" + file.height() + ", but info.json says " + camera.width() + "x" + camera.height() + " for camera " + camera.name());
        }
        file.read(frame);
        return frame.rgb().clone();
    }

    @Override
    public void close() {
        file.close();
    }
}
