package dev.continuo.recording.lerobot;

import dev.continuo.perception.Frame;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import javax.imageio.ImageIO;

/** The frames of one episode, in their order, read and decoded as they are asked for. To be closed. One thread at a time. */
public final class LeRobotFrames implements Iterator<LeRobotFrame>, Closeable {
    private static final int RED_SHIFT = 16;
    private static final int GREEN_SHIFT = 8;

    private final DatasetInfo info;
    private final EpisodeFiles files;
    private final ParquetRows rows;
    private final Map<String, VideoCursor> videos = new LinkedHashMap<>();
    private int next;

    LeRobotFrames(final DatasetInfo info, final EpisodeFiles files) throws IOException {
        this.info = info;
        this.files = files;
        final List<String> columns = new ArrayList<>(List.of("frame_index", "timestamp"));
        columns.addAll(info.numbers().keySet());
        columns.addAll(info.embedded());
        rows = new ParquetRows(files.data(), files.episode().index(), columns);
        try {
            for (final Map.Entry<String, EpisodeFiles.Video> video : files.videos().entrySet()) {
                final EpisodeFiles.Video place = video.getValue();
                videos.put(video.getKey(), new VideoCursor(place.file(), info.cameras().get(video.getKey()), place.fromSeconds(), info.fps()));
            }
        } catch (final IOException e) {
            close();
            throw e;
        }
    }

    @Override
    public boolean hasNext() {
        return next < files.episode().length();
    }

    /**
     * Reads the next frame.
     *
     * @throws UncheckedIOException if a file is not as the dataset says; names the file, and the field if it is one
     */
    @Override
    public LeRobotFrame next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        try {
            return read();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private LeRobotFrame read() throws IOException {
        if (!rows.next()) {
            throw refusal("there are only " + next + " of " + files.episode().length() + " frames");
        }
        int column = 0;
        final long index = rows.number(++column);
        if (index != next) {
            throw refusal("frame_index " + index + " where frame " + next + " should be");
        }
        final double seconds = rows.real(++column);
        final Map<String, float[]> vectors = new LinkedHashMap<>();
        for (final Map.Entry<String, List<String>> feature : info.numbers().entrySet()) {
            final float[] values = rows.vector(++column);
            if (values.length != feature.getValue().size()) {
                throw refusal(feature.getKey() + " has " + values.length + " numbers in frame " + next + ", but info.json says " + feature.getValue().size());
            }
            vectors.put(feature.getKey(), values);
        }
        final Map<String, byte[]> embedded = new LinkedHashMap<>();
        for (final String key : info.embedded()) {
            embedded.put(key, picture(key, rows.picture(++column)));
        }
        final Map<String, byte[]> pictures = new LinkedHashMap<>();
        for (final Map.Entry<String, LeRobotCamera> camera : info.cameras().entrySet()) {
            final EpisodeFiles.Video video = files.videos().get(camera.getKey());
            pictures.put(camera.getValue().name(), video == null ? embedded.get(camera.getKey()) : videos.get(camera.getKey()).at(video.fromSeconds() + seconds));
        }
        final float[] state = vectors.remove(LeRobotFeatures.STATE);
        final float[] action = vectors.remove(LeRobotFeatures.ACTION);
        return new LeRobotFrame(next++, seconds, state == null ? new float[0] : state, action == null ? new float[0] : action, vectors, pictures);
    }

    private byte[] picture(final String key, final byte[] file) throws IOException {
        final BufferedImage image = file == null ? null : ImageIO.read(new ByteArrayInputStream(file));
        final LeRobotCamera camera = info.cameras().get(key);
        if (image == null) {
            throw refusal(key + " holds no picture in frame " + next);
        }
        if (image.getWidth() != camera.width() || image.getHeight() != camera.height()) {
            throw refusal(key + " is " + image.getWidth() + "x" + image.getHeight() + " in frame " + next + ", but info.json says " + camera.width() + "x" + camera.height());
        }
        final byte[] rgb = new byte[Frame.CHANNELS * camera.width() * camera.height()];
        int at = 0;
        for (final int pixel : image.getRGB(0, 0, camera.width(), camera.height(), null, 0, camera.width())) {
            rgb[at++] = (byte) (pixel >> RED_SHIFT);
            rgb[at++] = (byte) (pixel >> GREEN_SHIFT);
            rgb[at++] = (byte) pixel;
        }
        return rgb;
    }

    private IOException refusal(final String why) {
        return new IOException(files.data() + ", episode " + files.episode().index() + ": " + why);
    }

    @Override
    public void close() {
        rows.close();
        videos.values().forEach(VideoCursor::close);
        videos.clear();
    }
}
