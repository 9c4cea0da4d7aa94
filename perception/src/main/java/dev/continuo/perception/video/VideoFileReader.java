package dev.continuo.perception.video;

import dev.continuo.perception.CameraCounts;
import dev.continuo.perception.Frame;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads the pictures of a video file in the order in which they are shown, from any time on. Decodes in the thread that reads; one thread at a time. */
public final class VideoFileReader implements Closeable {
    private final Path path;
    private final VideoPicture picture;
    private final VideoFile file;

    /**
     * Opens a file.
     *
     * @throws IOException if there is none, or it is no video; names the file
     */
    public VideoFileReader(final Path path) throws IOException {
        this.path = path;
        if (!Files.isReadable(path)) {
            throw new NoSuchFileException(path.toString());
        }
        Ffmpeg.load();
        picture = new VideoPicture();
        try {
            file = new VideoFile(path, new CameraCounts());
        } catch (final IOException e) {
            picture.close();
            throw refusal(e);
        }
    }

    private IOException refusal(final IOException why) {
        return new IOException(path + ": " + why.getMessage(), why);
    }

    /**
     * Goes to the last picture at or before a time that stands for itself: the next that is read is that one.
     *
     * @param nanos from the file's time 0
     * @throws IOException if the file cannot be gone through; names it
     */
    public void seek(final long nanos) throws IOException {
        try {
            file.seek(nanos);
        } catch (final IOException e) {
            throw refusal(e);
        }
    }

    /** Decodes the next picture; false at the end of the file. What is broken is passed over. */
    public boolean next() {
        return file.next(picture);
    }

    /** When the picture that was decoded last is shown, from the file's time 0, nanoseconds. */
    public long timeNanos() {
        return file.timestampNanos();
    }

    /** Width of the picture that was decoded last, pixels. */
    public int width() {
        return picture.width();
    }

    /** Height of the picture that was decoded last, pixels. */
    public int height() {
        return picture.height();
    }

    /**
     * The picture that was decoded last, brought to the frame's size.
     *
     * @throws IOException if its colours are of a kind that cannot be converted; names the file
     */
    public void read(final Frame frame) throws IOException {
        try {
            picture.read(frame);
        } catch (final IOException e) {
            throw refusal(e);
        }
    }

    @Override
    public void close() {
        file.close();
        picture.close();
    }
}
