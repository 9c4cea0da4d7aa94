package dev.continuo.perception;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes JPEG and PNG pictures to RGB of a wanted size; a picture of another size is resampled. One thread at a time.
 */
public final class PictureDecoder {
    /** A few bytes can promise a picture that fills the memory. */
    private static final long MOST_PIXELS = 4096L * 4096;

    private final int width;
    private final int height;
    private byte[] decoded = new byte[0];
    private int[] row = new int[0];
    private Resampler resampler;
    private int decodedWidth;
    private int decodedHeight;

    static {
        ImageIO.setUseCache(false);
    }

    /** A decoder to pictures of the given size in pixels. */
    public PictureDecoder(final int width, final int height) {
        this.width = width;
        this.height = height;
    }

    /**
     * Decodes the picture in the first {@code length} bytes.
     *
     * @param rgb receives red, green, blue of each pixel, row by row
     * @throws IOException if the bytes are not a picture
     */
    public void decode(final byte[] bytes, final int length, final byte[] rgb) throws IOException {
        final BufferedImage image = read(bytes, length);
        if (image.getWidth() == width && image.getHeight() == height) {
            copy(image, rgb);
            return;
        }
        if (image.getWidth() != decodedWidth || image.getHeight() != decodedHeight) {
            decodedWidth = image.getWidth();
            decodedHeight = image.getHeight();
            decoded = new byte[Frame.CHANNELS * decodedWidth * decodedHeight];
            resampler = new Resampler(decodedWidth, decodedHeight, width, height);
        }
        copy(image, decoded);
        resampler.resample(decoded, rgb);
    }

    private static BufferedImage read(final byte[] bytes, final int length) throws IOException {
        try (ImageInputStream stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes, 0, length))) {
            final Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
            if (!readers.hasNext()) {
                throw new IOException("neither JPEG nor PNG");
            }
            final ImageReader reader = readers.next();
            try {
                reader.setInput(stream, true, true);
                if ((long) reader.getWidth(0) * reader.getHeight(0) > MOST_PIXELS) {
                    throw new IOException("a picture of " + reader.getWidth(0) + " x " + reader.getHeight(0) + " pixels, more than any camera sends");
                }
                return reader.read(0);
            } catch (final RuntimeException e) {
                // The library's readers throw anything on broken input.
                throw new IOException("broken picture: " + e.getMessage(), e);
            } finally {
                reader.dispose();
            }
        }
    }

    private void copy(final BufferedImage image, final byte[] to) {
        final int across = image.getWidth();
        if (image.getType() == BufferedImage.TYPE_3BYTE_BGR) {
            final byte[] bgr = ((java.awt.image.DataBufferByte) image.getRaster().getDataBuffer()).getData();
            for (int i = 0; i < Frame.CHANNELS * across * image.getHeight(); i += Frame.CHANNELS) {
                to[i] = bgr[i + 2];
                to[i + 1] = bgr[i + 1];
                to[i + 2] = bgr[i];
            }
            return;
        }
        row = row.length < across ? new int[across] : row;
        int at = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, across, 1, row, 0, across);
            for (int x = 0; x < across; x++) {
                to[at++] = (byte) (row[x] >> 16);
                to[at++] = (byte) (row[x] >> 8);
                to[at++] = (byte) row[x];
            }
        }
    }
}
