package dev.continuo.simulation.handwriting;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;

/**
 * A labelled set of 28×28 images read from a pair of gzipped IDX files (big-endian header, as MNIST).
 *
 * @param labels one label per image
 * @param pixels the images one after the other, row by row, 0 paper to 255 full ink
 */
record IdxFile(byte[] labels, byte[] pixels) {
    /** Pixels of one image. */
    static final int IMAGE_BYTES = Glyph.SIZE * Glyph.SIZE;
    private static final int LABEL_MAGIC = 0x0801;
    private static final int IMAGE_MAGIC = 0x0803;

    /** Reads a set from the class path's {@code /handwriting} folder. */
    static IdxFile resource(final String name) {
        try (InputStream labels = open(name + "-labels-idx1-ubyte.gz"); InputStream images = open(name + "-images-idx3-ubyte.gz")) {
            return read(name, labels, images);
        } catch (final IOException e) {
            throw new UncheckedIOException(name + ": " + e.getMessage(), e);
        }
    }

    /** Reads a set from two gzipped streams. */
    static IdxFile read(final String name, final InputStream labelStream, final InputStream imageStream) throws IOException {
        final DataInputStream labels = new DataInputStream(new GZIPInputStream(labelStream, 1 << 16));
        final DataInputStream images = new DataInputStream(new GZIPInputStream(imageStream, 1 << 16));
        if (labels.readInt() != LABEL_MAGIC || images.readInt() != IMAGE_MAGIC) {
            throw new IOException(name + " is not a pair of IDX label and image files");
        }
        final int count = labels.readInt();
        if (images.readInt() != count || images.readInt() != Glyph.SIZE || images.readInt() != Glyph.SIZE) {
            throw new IOException(name + " does not hold one 28x28 image per label");
        }
        final byte[] labelBytes = new byte[count];
        labels.readFully(labelBytes);
        final byte[] pixelBytes = new byte[count * IMAGE_BYTES];
        images.readFully(pixelBytes);
        return new IdxFile(labelBytes, pixelBytes);
    }

    private static InputStream open(final String file) throws IOException {
        final InputStream stream = IdxFile.class.getResourceAsStream("/handwriting/" + file);
        if (stream == null) {
            throw new IOException("handwriting/" + file + " is not on the class path");
        }
        return stream;
    }
}
