package dev.continuo.perception.video;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_from_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;
import static org.bytedeco.ffmpeg.global.swscale.SWS_ACCURATE_RND;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BICUBIC;
import static org.bytedeco.ffmpeg.global.swscale.SWS_FULL_CHR_H_INP;
import static org.bytedeco.ffmpeg.global.swscale.sws_alloc_context;
import static org.bytedeco.ffmpeg.global.swscale.sws_free_context;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale_frame;

import dev.continuo.perception.Frame;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;

/**
 * Writes pictures at a steady rate into a new MP4 file: AV1, 4:2:0, every second picture stands for itself so that any of them is found quickly. This is what LeRobot writes by default.
 *
 * <p>A picture is handed to the encoder at once and its memory may be used again. The file is a video only after {@link #finish()}; a writer that is closed before leaves a broken file, which its
 * owner deletes. One thread at a time.
 */
public final class VideoFileWriter implements Closeable {
    /** A key picture, then one that is predicted. */
    public static final int KEY_EVERY = 2;
    /** The quality: 0 is the best, 63 the worst. */
    public static final int QUALITY = 30;
    /** The encoder's speed, LeRobot's. SVT-AV1 3.1 takes 10 to 13 for the same: against 8 half as fast again, files 9 % larger, the pictures as good. */
    public static final int PRESET = 12;

    private static final String ENCODER = "libsvtav1";

    private final int width;
    private final int height;
    private final AVRational frameTime;
    private final AVRational rate;
    private final AVCodecContext encoder;
    private final AVPacket packet = av_packet_alloc();
    private final AVFrame taken = av_frame_alloc();
    private final AVFrame converted = av_frame_alloc();
    private final SwsContext converter = sws_alloc_context();
    private final VideoOutput output;
    private long pictures;
    private boolean ended;

    /**
     * Begins a file.
     *
     * @param width  of every picture, pixels, even
     * @param height of every picture, pixels, even
     * @param fps    pictures a second
     * @throws IOException if it cannot be written, or not with pictures of that size; names the file
     */
    public VideoFileWriter(final Path file, final int width, final int height, final int fps) throws IOException {
        Ffmpeg.load();
        SvtAv1.silence();
        this.width = width;
        this.height = height;
        final AVCodec codec = avcodec_find_encoder_by_name(ENCODER);
        if (codec == null) {
            throw new IOException(file + " cannot be written: this FFmpeg has no encoder " + ENCODER);
        }
        output = new VideoOutput(file);
        frameTime = new AVRational().num(1).den(fps);
        rate = new AVRational().num(fps).den(1);
        encoder = avcodec_alloc_context3(codec);
        try {
            openEncoder(codec);
            output.check(avcodec_parameters_from_context(output.stream().codecpar(), encoder), "cannot be written");
            output.stream().time_base(frameTime).avg_frame_rate(rate);
            output.begin();
            prepare(taken, AV_PIX_FMT_RGB24);
            prepare(converted, AV_PIX_FMT_YUV420P);
            converter.flags(SWS_BICUBIC | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INP);
        } catch (final IOException e) {
            close();
            throw e;
        }
    }

    private void openEncoder(final AVCodec codec) throws IOException {
        encoder.width(width).height(height).pix_fmt(AV_PIX_FMT_YUV420P).time_base(frameTime).framerate(rate).gop_size(KEY_EVERY);
        encoder.flags(encoder.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
        final AVDictionary options = new AVDictionary(null);
        av_dict_set(options, "preset", Integer.toString(PRESET), 0);
        av_dict_set(options, "crf", Integer.toString(QUALITY), 0);
        // One core for each file: cameras are written side by side.
        av_dict_set(options, "svtav1-params", "fast-decode=0:lp=1", 0);
        final int opened = avcodec_open2(encoder, codec, options);
        av_dict_free(options);
        output.check(opened, "cannot be encoded with pictures of " + width + "x" + height);
    }

    private void prepare(final AVFrame frame, final int format) throws IOException {
        frame.format(format).width(width).height(height);
        output.check(av_frame_get_buffer(frame, 0), "cannot be written");
    }

    /**
     * Appends a picture.
     *
     * @param rgb red, green, blue of each pixel, row by row from the top left
     * @throws IllegalArgumentException if it is of another size
     * @throws IOException if it cannot be encoded or written; names the file
     */
    public void write(final byte[] rgb) throws IOException {
        final int row = Frame.CHANNELS * width;
        if (rgb.length != row * height) {
            throw new IllegalArgumentException("a picture of " + width + "x" + height + " has " + row * height + " bytes, not " + rgb.length);
        }
        final BytePointer pixels = new BytePointer(taken.data(0));
        for (int y = 0; y < height; y++) {
            pixels.position((long) y * taken.linesize(0)).put(rgb, y * row, row);
        }
        // The encoder may still hold the picture before.
        output.check(av_frame_make_writable(converted), "cannot be encoded");
        output.check(sws_scale_frame(converter, converted, taken), "cannot be encoded");
        converted.pts(pictures++);
        output.check(avcodec_send_frame(encoder, converted), "cannot be encoded");
        drain();
    }

    private void drain() throws IOException {
        while (true) {
            final int received = avcodec_receive_packet(encoder, packet);
            if (received == Ffmpeg.AGAIN || received == AVERROR_EOF) {
                return;
            }
            output.check(received, "cannot be encoded");
            packet.duration(1);
            output.write(packet, frameTime);
        }
    }

    /** How many pictures were written. */
    public long pictures() {
        return pictures;
    }

    /**
     * Completes the file. Nothing can be written afterwards.
     *
     * @throws IOException if that fails; names the file
     */
    public void finish() throws IOException {
        ended = true;
        output.check(avcodec_send_frame(encoder, null), "cannot be encoded");
        drain();
        output.finish();
    }

    @Override
    public void close() {
        if (pictures > 0 && !ended) {
            // Otherwise the encoder complains.
            ended = true;
            avcodec_send_frame(encoder, null);
        }
        av_packet_free(packet);
        av_frame_free(taken);
        av_frame_free(converted);
        sws_free_context(converter);
        avcodec_free_context(encoder);
        frameTime.close();
        rate.close();
        output.close();
    }
}
