package dev.continuo.perception;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Cuts the answer of an MJPEG camera into pictures: multipart with {@code Content-Length}, multipart without, chunked or not. What is
 * no picture is skipped. One thread at a time; the buffer grows to the largest picture and is then used again.
 */
public final class MjpegStream {
    private static final int MAX_PICTURE_BYTES = 16 << 20;
    private static final int MAX_LINE_BYTES = 8192;
    private static final int MAX_HEADERS = 64;

    private final byte[] text = new byte[MAX_LINE_BYTES];
    private final InputStream input;
    private byte[] picture = new byte[64 << 10];
    private int length;
    private long timestampNanos;
    private long skipped;

    /**
     * Reads the answer's status line and headers.
     *
     * @throws IOException if the status is not 200 or the answer is not HTTP
     */
    public MjpegStream(final InputStream raw) throws IOException {
        final InputStream buffered = new BufferedInputStream(raw, 64 << 10);
        final String status = line(buffered);
        if (!status.startsWith("HTTP/")) {
            throw new IOException("does not speak HTTP");
        }
        final String[] words = status.split(" ", 3);
        if (words.length < 2 || !words[1].equals("200")) {
            throw new IOException("answers " + status.substring(status.indexOf(' ') + 1));
        }
        boolean chunked = false;
        String header = line(buffered);
        for (int i = 0; !header.isEmpty() && i < MAX_HEADERS; i++) {
            final String lower = header.toLowerCase(Locale.ROOT);
            chunked |= lower.startsWith("transfer-encoding:") && lower.contains("chunked");
            header = line(buffered);
        }
        input = chunked ? new BufferedInputStream(new ChunkedInput(buffered), 64 << 10) : buffered;
    }

    /**
     * Reads on to the end of the next picture.
     *
     * @throws EOFException when the stream ends
     */
    public void next() throws IOException {
        while (true) {
            timestampNanos = Long.MIN_VALUE;
            final int announced = partHeaders();
            if (announced > 0) {
                read(announced);
            } else {
                scan();
            }
            if (length > 4 && (picture[0] & 255) == 0xff && (picture[1] & 255) == 0xd8) {
                return;
            }
            skipped++;
        }
    }

    /** The picture's bytes: the first {@link #length()} of the array. */
    public byte[] picture() {
        return picture;
    }

    /** Bytes of the picture. */
    public int length() {
        return length;
    }

    /** The part's {@code X-Timestamp}, nanoseconds of the sender's clock; {@link Long#MIN_VALUE} when it has none. */
    public long timestampNanos() {
        return timestampNanos;
    }

    /** Parts that were no picture. */
    public long skipped() {
        return skipped;
    }

    /** Gives the picture's buffer away and takes another in its place. */
    byte[] exchange(final byte[] other) {
        final byte[] given = picture;
        picture = other;
        return given;
    }

    /** Reads a part's boundary and headers; returns the announced length, or 0 when the picture must be found by its markers. */
    private int partHeaders() throws IOException {
        int announced = 0;
        boolean within = false;
        for (int i = 0; i < MAX_HEADERS; i++) {
            input.mark(2);
            if (input.read() == 0xff && input.read() == 0xd8) {
                input.reset();
                return announced;
            }
            input.reset();
            final String line = line(input);
            if (line.isEmpty() && within) {
                return announced;
            }
            final int colon = line.indexOf(':');
            if (colon > 0) {
                within = true;
                final String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
                if (name.equals("content-length")) {
                    announced = (int) Math.clamp(number(line.substring(colon + 1)), 0, MAX_PICTURE_BYTES);
                } else if (name.equals("x-timestamp")) {
                    timestampNanos = number(line.substring(colon + 1));
                }
            }
        }
        return 0;
    }

    /** A header's whole number; {@link Long#MIN_VALUE} for anything else, so that a foreign format is as if it were absent. */
    private static long number(final String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (final NumberFormatException e) {
            return Long.MIN_VALUE;
        }
    }

    private void read(final int bytes) throws IOException {
        grow(bytes);
        length = input.readNBytes(picture, 0, bytes);
        if (length < bytes) {
            throw new EOFException("the stream ends within a picture");
        }
    }

    /** Skips to a start-of-image marker and reads up to the end-of-image marker. */
    private void scan() throws IOException {
        int last = required();
        int value = required();
        for (int skippedBytes = 0; last != 0xff || value != 0xd8; skippedBytes++) {
            if (skippedBytes > MAX_PICTURE_BYTES) {
                throw new IOException("sends no JPEG pictures");
            }
            last = value;
            value = required();
        }
        picture[0] = (byte) last;
        picture[1] = (byte) value;
        length = 2;
        while (last != 0xff || value != 0xd9) {
            last = value;
            value = required();
            grow(length + 1);
            picture[length++] = (byte) value;
            if (length == MAX_PICTURE_BYTES) {
                throw new IOException("sends a picture without an end");
            }
        }
    }

    private int required() throws IOException {
        final int value = input.read();
        if (value < 0) {
            throw new EOFException("the stream ends");
        }
        return value;
    }

    private void grow(final int bytes) {
        if (picture.length < bytes) {
            picture = Arrays.copyOf(picture, Math.max(bytes, 2 * picture.length));
        }
    }

    private String line(final InputStream from) throws IOException {
        int count = 0;
        int value = from.read();
        while (value >= 0 && value != '\n') {
            if (count == text.length) {
                throw new IOException("sends a header without an end");
            }
            text[count++] = (byte) value;
            value = from.read();
        }
        if (value < 0 && count == 0) {
            throw new EOFException("the stream ends");
        }
        return new String(text, 0, count > 0 && text[count - 1] == '\r' ? count - 1 : count, StandardCharsets.ISO_8859_1);
    }

    /** The content of a chunked answer. */
    private final class ChunkedInput extends InputStream {
        private final InputStream chunks;
        private long left;
        private boolean first = true;

        ChunkedInput(final InputStream chunks) {
            this.chunks = chunks;
        }

        @Override
        public int read() throws IOException {
            final byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 255;
        }

        @Override
        public int read(final byte[] bytes, final int offset, final int count) throws IOException {
            if (left == 0 && !nextChunk()) {
                return -1;
            }
            final int read = chunks.read(bytes, offset, (int) Math.min(count, left));
            if (read < 0) {
                throw new EOFException("the stream ends within a chunk");
            }
            left -= read;
            return read;
        }

        private boolean nextChunk() throws IOException {
            if (!first) {
                line(chunks);
            }
            first = false;
            final String size = line(chunks).split(";", 2)[0].strip();
            try {
                left = Long.parseLong(size, 16);
            } catch (final NumberFormatException e) {
                throw new IOException("sends a broken chunk", e);
            }
            if (left < 0) {
                throw new IOException("sends a chunk of " + left + " bytes");
            }
            return left > 0;
        }
    }
}
