package dev.continuo.perception.video;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_copy;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.av_rescale_q;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;

/**
 * Puts files of one {@link VideoFileWriter}'s kind (the same size, rate and encoder) one after another into a new one, without encoding anything again. The file is a video only after
 * {@link #finish()}. One thread at a time.
 */
public final class VideoFileJoiner implements Closeable {
    private final VideoOutput output;
    private final Path file;
    private final AVRational frameTime;
    private final AVRational rate;
    private final AVPacket packet = av_packet_alloc();
    private long pictures;

    /**
     * Begins a file.
     *
     * @param fps pictures a second, those of the files that will be appended
     * @throws IOException if it cannot be written; names the file
     */
    public VideoFileJoiner(final Path file, final int fps) throws IOException {
        Ffmpeg.load();
        this.file = file;
        output = new VideoOutput(file);
        frameTime = new AVRational().num(1).den(fps);
        rate = new AVRational().num(fps).den(1);
    }

    /**
     * Appends all pictures of a file.
     *
     * @throws IOException if it cannot be read, or the joined file not be written; names the file
     */
    public void append(final Path video) throws IOException {
        final AVFormatContext input = new AVFormatContext(null);
        try {
            check(avformat_open_input(input, "file:" + video.toAbsolutePath(), (AVInputFormat) null, (AVDictionary) null), video);
            check(avformat_find_stream_info(input, (AVDictionary) null), video);
            final AVStream from = input.streams(0);
            if (pictures == 0) {
                begin(from);
            }
            final long before = pictures;
            int read = av_read_frame(input, packet);
            for (; read >= 0; read = av_read_frame(input, packet)) {
                final long offset = av_rescale_q(before, frameTime, from.time_base());
                packet.pts(packet.pts() + offset).dts(packet.dts() + offset);
                output.write(packet, from.time_base());
                pictures++;
            }
            if (read != AVERROR_EOF) {
                check(read, video);
            }
        } finally {
            av_packet_unref(packet);
            avformat_close_input(input);
        }
    }

    private void begin(final AVStream first) throws IOException {
        output.check(avcodec_parameters_copy(output.stream().codecpar(), first.codecpar()), "cannot be written");
        output.stream().codecpar().codec_tag(0);
        output.stream().time_base(first.time_base()).avg_frame_rate(rate);
        output.begin();
    }

    private static void check(final int result, final Path video) throws IOException {
        if (result < 0) {
            throw new IOException(video + " cannot be read: " + Ffmpeg.reason(result));
        }
    }

    /** How many pictures the joined file has. */
    public long pictures() {
        return pictures;
    }

    /**
     * Completes the file. Nothing can be appended afterwards.
     *
     * @throws IOException if that fails, or nothing was appended; names the file
     */
    public void finish() throws IOException {
        if (pictures == 0) {
            throw new IOException(file + " would be a video without pictures");
        }
        output.finish();
    }

    @Override
    public void close() {
        av_packet_free(packet);
        frameTime.close();
        rate.close();
        output.close();
    }
}
