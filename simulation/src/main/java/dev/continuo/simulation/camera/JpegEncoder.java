package dev.continuo.simulation.camera;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Encodes RGB pictures of one size to JPEG. One thread at a time. */
final class JpegEncoder {
    private final BufferedImage image;
    private final byte[] bgr;
    private final ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    private final ImageWriteParam quality = writer.getDefaultWriteParam();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 << 10);

    JpegEncoder(final int width, final int height, final float quality) {
        image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        bgr = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        this.quality.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        this.quality.setCompressionQuality(quality);
    }

    /** The JPEG file of a picture: red, green, blue of each pixel, row by row. */
    byte[] encode(final byte[] rgb) {
        for (int i = 0; i < bgr.length; i += 3) {
            bgr[i] = rgb[i + 2];
            bgr[i + 1] = rgb[i + 1];
            bgr[i + 2] = rgb[i];
        }
        bytes.reset();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, null), quality);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
