package dev.continuo.proving.fuzz;

import dev.continuo.perception.MjpegStream;
import dev.continuo.perception.PictureDecoder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.function.Consumer;

/** What a network camera sends: its answer, and the pictures in it. */
final class PictureFuzz implements Consumer<byte[]> {
    private static final int WIDTH = 16;
    private static final int HEIGHT = 12;

    private final PictureDecoder decoder = new PictureDecoder(WIDTH, HEIGHT);
    private final byte[] rgb = new byte[3 * WIDTH * HEIGHT];

    /** A picture. */
    @Override
    public void accept(final byte[] input) {
        try {
            decoder.decode(input, input.length, rgb);
        } catch (final IOException refused) {
            // As documented.
        }
    }

    /** The answer, from the status line to its end. */
    static void stream(final byte[] input) {
        try {
            final MjpegStream stream = new MjpegStream(new ByteArrayInputStream(input));
            while (true) {
                stream.next();
                Expectation.require(stream.length() <= stream.picture().length, "a picture is longer than its place");
            }
        } catch (final IOException end) {
            // As documented: the stream's end is one.
        }
    }
}
