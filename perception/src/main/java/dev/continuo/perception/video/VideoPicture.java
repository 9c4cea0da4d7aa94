package dev.continuo.perception.video;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_RGB;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB24;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_move_ref;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;
import static org.bytedeco.ffmpeg.global.swscale.SWS_ACCURATE_RND;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BICUBIC;
import static org.bytedeco.ffmpeg.global.swscale.SWS_FULL_CHR_H_INT;
import static org.bytedeco.ffmpeg.global.swscale.sws_alloc_context;
import static org.bytedeco.ffmpeg.global.swscale.sws_free_context;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale_frame;

import dev.continuo.perception.Frame;
import dev.continuo.perception.Resampler;
import java.io.IOException;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;

/** A decoded picture of a video, in native memory and of whatever size and colours the video has. One thread at a time. */
final class VideoPicture implements AutoCloseable {
    private final AVFrame decoded = av_frame_alloc();
    private final AVFrame converted = av_frame_alloc();
    private final SwsContext converter = sws_alloc_context();
    private byte[] lying = new byte[0];
    private byte[] upright = new byte[0];
    private Resampler resampler = new Resampler(1, 1, 1, 1);
    private int resampledWidth;
    private int resampledHeight;
    private int turns;

    VideoPicture() {
        converter.flags(SWS_BICUBIC | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT);
    }

    /** Where a decoder puts the picture. */
    AVFrame decoded() {
        return decoded;
    }

    /** How many quarter turns clockwise make the picture stand upright: 0 to 3. */
    void turns(final int clockwise) {
        turns = clockwise;
    }

    /** Width in pixels when it stands upright. */
    int width() {
        return isAcross() ? decoded.height() : decoded.width();
    }

    /** Height in pixels when it stands upright. */
    int height() {
        return isAcross() ? decoded.width() : decoded.height();
    }

    private boolean isAcross() {
        return (turns & 1) != 0;
    }

    /** Takes the picture of another, which has none afterwards. */
    void moveFrom(final VideoPicture other) {
        av_frame_unref(decoded);
        av_frame_move_ref(decoded, other.decoded);
        turns = other.turns;
    }

    /**
     * Makes red, green, blue of the picture, upright and of the frame's size.
     *
     * @throws IOException if its colours are of a kind that cannot be converted
     */
    void read(final Frame frame) throws IOException {
        convert();
        final int width = width();
        final int height = height();
        if (width != resampledWidth || height != resampledHeight) {
            resampledWidth = width;
            resampledHeight = height;
            resampler = new Resampler(width, height, frame.width(), frame.height());
        }
        resampler.resample(turned(), frame.rgb());
    }

    private void convert() throws IOException {
        final int width = decoded.width();
        final int height = decoded.height();
        if (converted.width() != width || converted.height() != height) {
            av_frame_unref(converted);
            converted.format(AV_PIX_FMT_RGB24).width(width).height(height);
            require(av_frame_get_buffer(converted, 0));
            lying = new byte[Frame.CHANNELS * width * height];
        }
        // The same primaries and transfer: only from luma and chroma to RGB.
        converted.color_range(AVCOL_RANGE_JPEG).colorspace(AVCOL_SPC_RGB)
            .color_primaries(decoded.color_primaries()).color_trc(decoded.color_trc());
        require(sws_scale_frame(converter, converted, decoded));
        final BytePointer pixels = new BytePointer(converted.data(0));
        final int row = Frame.CHANNELS * width;
        for (int y = 0; y < height; y++) {
            pixels.position((long) y * converted.linesize(0)).get(lying, y * row, row);
        }
    }

    private static void require(final int result) throws IOException {
        if (result < 0) {
            throw new IOException(Ffmpeg.reason(result));
        }
    }

    private byte[] turned() {
        if (turns == 0) {
            return lying;
        }
        if (upright.length != lying.length) {
            upright = new byte[lying.length];
        }
        final int width = decoded.width();
        final int height = decoded.height();
        int from = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                final int pixel = switch (turns) {
                    case 1 -> x * height + height - 1 - y;
                    case 2 -> (height - 1 - y) * width + width - 1 - x;
                    default -> (width - 1 - x) * height + y;
                };
                for (int channel = 0; channel < Frame.CHANNELS; channel++) {
                    upright[Frame.CHANNELS * pixel + channel] = lying[from++];
                }
            }
        }
        return upright;
    }

    @Override
    public void close() {
        av_frame_free(decoded);
        av_frame_free(converted);
        sws_free_context(converter);
    }
}
