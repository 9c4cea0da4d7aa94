package dev.continuo.perception.video;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;

/** What FFmpeg's libraries need before their first use, and what their error codes mean. */
final class Ffmpeg {
    /** FFmpeg's {@code AVERROR(EAGAIN)}: more input is needed first. */
    static final int AGAIN = -11;
    /** {@code AV_FRAME_FLAG_CORRUPT} and {@code AV_FRAME_FLAG_KEY}, which are macros. */
    static final int FRAME_CORRUPT = 1;
    static final int FRAME_KEY = 1 << 1;

    private static final int LONGEST_TEXT = 128;

    private Ffmpeg() {
    }

    /**
     * Loads the libraries.
     *
     * @throws IOException if there are none for this computer
     */
    static void load() throws IOException {
        // Everything is freed by hand. Otherwise JavaCPP counts the memory of the whole process, tensors included, against the Java heap's limit, and
        // calls the collector and then refuses when there is more.
        setUnlessSet("org.bytedeco.javacpp.noPointerGC", "true");
        setUnlessSet("org.bytedeco.javacpp.maxBytes", "0");
        setUnlessSet("org.bytedeco.javacpp.maxPhysicalBytes", "0");
        try {
            avutil.av_log_set_level(avutil.AV_LOG_QUIET);
            avformat.avformat_version();
            swscale.swscale_version();
        } catch (final LinkageError e) {
            throw new IOException("video files cannot be decoded on this computer: " + e.getMessage(), e);
        }
    }

    /** FFmpeg's words for an error code. */
    static String reason(final int code) {
        final byte[] text = new byte[LONGEST_TEXT];
        avutil.av_strerror(code, text, text.length);
        int length = 0;
        while (length < text.length && text[length] != 0) {
            length++;
        }
        return new String(text, 0, length, UTF_8);
    }

    private static void setUnlessSet(final String property, final String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
