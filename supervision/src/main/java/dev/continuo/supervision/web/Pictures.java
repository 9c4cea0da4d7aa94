package dev.continuo.supervision.web;

import dev.continuo.actors.agent.Watched;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** The cameras' newest pictures as JPEG, each encoded once for all who look. Safe for use by any thread. */
final class Pictures {
    private final Watched watched;
    private final Map<Integer, Jpeg> encoded = new ConcurrentHashMap<>();

    /**
     * A picture.
     *
     * @param sequence the camera's count
     * @param bytes    JPEG
     */
    record Jpeg(long sequence, byte[] bytes) {
    }

    Pictures(final Watched watched) {
        this.watched = watched;
    }

    /**
     * The newest picture of a camera.
     *
     * @param camera its place in the profile
     */
    Optional<Jpeg> newest(final int camera) {
        return watched.picture(camera).map(picture -> encoded.compute(camera, (index, before) ->
            before != null && before.sequence() == picture.sequence() ? before : new Jpeg(picture.sequence(), encode(picture))));
    }

    private static byte[] encode(final Watched.Picture picture) {
        final BufferedImage image = new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_3BYTE_BGR);
        image.getRaster().setDataElements(0, 0, picture.width(), picture.height(), picture.rgb());
        final ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(jpeg)) {
            ImageIO.write(image, "jpg", out);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return jpeg.toByteArray();
    }
}
