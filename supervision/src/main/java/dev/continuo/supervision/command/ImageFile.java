package dev.continuo.supervision.command;

import dev.continuo.config.ProfileException;
import dev.continuo.perception.Frame;
import dev.continuo.perception.PictureDecoder;
import dev.continuo.perception.PictureLimits;
import dev.continuo.perception.QwenImageProcessor;
import dev.continuo.reasoning.network.ImagePatches;
import java.awt.Dimension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** A picture file as the vision tower takes it. */
final class ImageFile {
    /** Longer sides are refused: decoded, such a picture would not fit into memory. */
    private static final int LONGEST_SIDE = 16_384;

    private ImageFile() {
    }

    /**
     * Requires a picture that can be read, before a model is loaded for it.
     *
     * @throws ProfileException if it is missing or no picture
     */
    static void require(final Path file) {
        if (!Files.isRegularFile(file)) {
            throw new ProfileException("image " + file + ": no such file");
        }
        try {
            size(file);
        } catch (final IOException e) {
            throw new ProfileException("image " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Reads a JPEG or PNG file of any size.
     *
     * @throws ProfileException if it is missing, broken, or of a size that the model cannot be shown
     */
    static ImagePatches read(final Path file, final PictureLimits limits) {
        require(file);
        try {
            final Dimension size = size(file);
            final byte[] rgb = new byte[Frame.CHANNELS * size.width * size.height];
            final byte[] bytes = Files.readAllBytes(file);
            new PictureDecoder(size.width, size.height).decode(bytes, bytes.length, rgb);
            final QwenImageProcessor processor = limits.processor(size.width, size.height);
            final float[] values = new float[processor.valueCount()];
            processor.process(rgb, values, 0);
            return new ImagePatches(values, processor.gridRows(), processor.gridColumns());
        } catch (final IOException | IllegalArgumentException e) {
            throw new ProfileException("image " + file + ": " + e.getMessage(), e);
        }
    }

    private static Dimension size(final Path file) throws IOException {
        try (ImageInputStream stream = ImageIO.createImageInputStream(file.toFile())) {
            final Iterator<ImageReader> readers = stream == null ? null : ImageIO.getImageReaders(stream);
            if (readers == null || !readers.hasNext()) {
                throw new IOException("neither JPEG nor PNG");
            }
            final ImageReader reader = readers.next();
            try {
                reader.setInput(stream, true, true);
                final Dimension size = new Dimension(reader.getWidth(0), reader.getHeight(0));
                if (size.width > LONGEST_SIDE || size.height > LONGEST_SIDE) {
                    throw new IOException("too large: " + size.width + " x " + size.height + " pixels");
                }
                return size;
            } catch (final RuntimeException e) {
                // The library's readers throw anything on broken input.
                throw new IOException("broken picture: " + e.getMessage(), e);
            } finally {
                reader.dispose();
            }
        }
    }
}
