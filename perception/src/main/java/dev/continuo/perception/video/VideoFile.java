package dev.continuo.perception.video;

import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_ALL;
import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_DEFAULT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_COPY_OPAQUE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_DISPLAYMATRIX;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_CORRUPT;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_side_data_get;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_flush_buffers;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avformat.AVSEEK_FLAG_BACKWARD;
import static org.bytedeco.ffmpeg.global.avformat.av_find_best_stream;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_seek_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_display_rotation_get;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;
import static org.bytedeco.ffmpeg.global.avutil.av_rescale;

import dev.continuo.perception.CameraCounts;
import java.io.IOException;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * One pass through a video file: its pictures in the order in which they are shown, each with its time. What cannot be decoded, and what
 * is predicted from it, is counted as corrupt and passed over. One thread at a time; decodes in that thread.
 */
final class VideoFile implements AutoCloseable {
    private static final long SECOND_NANOS = 1_000_000_000L;
    /** A picture is shown for as long when the file does not say. */
    private static final long DEFAULT_STEP_NANOS = SECOND_NANOS / 25;
    /** The fastest camera there is, for files that claim to be faster. */
    private static final long LEAST_STEP_NANOS = SECOND_NANOS / 240;
    /** A longer pause between two pictures is a mistake in the file. */
    private static final long LONGEST_STEP_NANOS = 10 * SECOND_NANOS;
    /** 8192 x 8192: a file that claims more is broken. */
    private static final long MOST_PIXELS = 1L << 26;
    private static final String DECODERS = "codec_whitelist";
    /**
     * What cameras and datasets are written with. FFmpeg has hundreds more for formats that nobody films in, and its weaknesses are mostly found there, as CVE-2026-8461 was in MagicYUV's.
     */
    private static final String KNOWN_DECODERS = "h264,hevc,vp8,vp9,libvpx,libvpx-vp9,av1,libdav1d,libaom-av1,mpeg1video,mpeg2video,mpeg4,mjpeg,png,ffv1,rawvideo,prores,dvvideo";
    private static final int MATRIX_INTS = 9;
    private static final double QUARTER_DEGREES = 90;
    private static final int FULL_TURN = 4;

    private final CameraCounts counts;
    private final AVFormatContext container = new AVFormatContext(null);
    private final AVCodecContext decoder = avcodec_alloc_context3(null);
    private final AVPacket packet = av_packet_alloc();
    private final int stream;
    private final AVRational timeBase;
    private final int turns;
    private final long stepNanos;

    private boolean draining;
    private long packets;
    private boolean damaged;
    private long firstDamaged;
    private long lastDamaged;
    private boolean begun;
    private long lastTimestamp = AV_NOPTS_VALUE;
    private long timeNanos;
    private long endNanos;

    /** A number where FFmpeg has room for a pointer of ours: it comes out again with the picture that the packet became. */
    private static final class Mark extends Pointer {
        Mark(final long number) {
            address = number;
        }
    }

    /**
     * Opens a file.
     *
     * @param counts told of pictures that cannot be decoded
     * @throws IOException if it is no video; the message is a reason without the file's name
     */
    VideoFile(final Path file, final CameraCounts counts) throws IOException {
        this.counts = counts;
        try {
            openContainer(file);
            stream = av_find_best_stream(container, AVMEDIA_TYPE_VIDEO, -1, -1, (AVCodec) null, 0);
            if (stream < 0) {
                throw new IOException("holds no pictures");
            }
            for (int i = 0; i < container.nb_streams(); i++) {
                container.streams(i).discard(i == stream ? AVDISCARD_DEFAULT : AVDISCARD_ALL);
            }
            final AVStream pictures = container.streams(stream);
            openDecoder(pictures.codecpar());
            timeBase = pictures.time_base();
            turns = turns(pictures.codecpar());
            final AVRational rate = pictures.avg_frame_rate();
            stepNanos = Math.max(LEAST_STEP_NANOS, rate.num() <= 0 ? DEFAULT_STEP_NANOS : SECOND_NANOS * rate.den() / rate.num());
        } catch (final IOException e) {
            close();
            throw e;
        }
    }

    private void openContainer(final Path file) throws IOException {
        final AVDictionary options = new AVDictionary(null);
        // A play list must not make us fetch anything.
        av_dict_set(options, "protocol_whitelist", "file", 0);
        av_dict_set(options, DECODERS, KNOWN_DECODERS, 0);
        final int opened = avformat_open_input(container, "file:" + file.toAbsolutePath(), null, options);
        av_dict_free(options);
        require(opened, "cannot be opened as a video");
        require(avformat_find_stream_info(container, (AVDictionary) null), "cannot be read as a video");
    }

    private void openDecoder(final AVCodecParameters parameters) throws IOException {
        final AVCodec codec = avcodec_find_decoder(parameters.codec_id());
        if (codec == null) {
            throw new IOException("there is no decoder for its pictures (" + avcodec_get_name(parameters.codec_id()).getString() + ")");
        }
        require(avcodec_parameters_to_context(decoder, parameters), "cannot be decoded");
        decoder.thread_count(1).max_pixels(MOST_PIXELS).flags(AV_CODEC_FLAG_COPY_OPAQUE);
        final AVDictionary options = new AVDictionary(null);
        av_dict_set(options, DECODERS, KNOWN_DECODERS, 0);
        final int opened = avcodec_open2(decoder, codec, options);
        av_dict_free(options);
        require(opened, "cannot be decoded (" + codec.name().getString() + ")");
    }

    private static int turns(final AVCodecParameters parameters) {
        final AVPacketSideData matrix =
            av_packet_side_data_get(parameters.coded_side_data(), parameters.nb_coded_side_data(), AV_PKT_DATA_DISPLAYMATRIX);
        if (matrix == null || matrix.size() < MATRIX_INTS * Integer.BYTES) {
            return 0;
        }
        final double counterClockwise = av_display_rotation_get(new IntPointer(matrix.data()));
        return Double.isNaN(counterClockwise) ? 0 : Math.floorMod(Math.round(-counterClockwise / QUARTER_DEGREES), FULL_TURN);
    }

    private static void require(final int result, final String complaint) throws IOException {
        if (result < 0) {
            throw new IOException(complaint + ": " + Ffmpeg.reason(result));
        }
    }

    /** Decodes the next good picture; false at the end of the file. */
    boolean next(final VideoPicture picture) {
        while (true) {
            final int result = avcodec_receive_frame(decoder, picture.decoded());
            if (result >= 0) {
                if (isGood(picture.decoded())) {
                    picture.turns(turns);
                    tell(picture.decoded());
                    return true;
                }
                av_frame_unref(picture.decoded());
            } else if (result == Ffmpeg.AGAIN && !draining) {
                feed();
            } else if (result == AVERROR_EOF || draining) {
                return false;
            } else {
                countDamage();
            }
        }
    }

    /**
     * Goes to the last picture at or before a time of the file's own clock that stands for itself.
     *
     * @throws IOException if the file has no such order; the message is a reason without the file's name
     */
    void seek(final long nanos) throws IOException {
        // One tick less: rounding must not lead past the picture that is meant.
        final long ticks = Math.max(0, av_rescale(nanos, timeBase.den(), timeBase.num() * SECOND_NANOS) - 1);
        require(av_seek_frame(container, stream, ticks, AVSEEK_FLAG_BACKWARD), "cannot be gone through");
        avcodec_flush_buffers(decoder);
        draining = false;
        damaged = false;
    }

    /** When the picture that was decoded last is shown, by the file's own clock; {@link Long#MIN_VALUE} if the file does not say. */
    long timestampNanos() {
        return lastTimestamp == AV_NOPTS_VALUE ? Long.MIN_VALUE : nanos(lastTimestamp);
    }

    /** When the picture that was decoded last is shown, from the first one on. */
    long timeNanos() {
        return timeNanos;
    }

    /** When the picture that was decoded last has been shown: after the last one, how long the pass is. */
    long endNanos() {
        return endNanos;
    }

    /** What was decoded after something broken stays smeared until a picture that stands for itself; what was decoded before is good, however late it comes. */
    private boolean isGood(final AVFrame frame) {
        final Pointer mark = frame.opaque();
        final long number = mark == null ? packets : mark.address();
        if ((frame.flags() & Ffmpeg.FRAME_CORRUPT) != 0 || frame.decode_error_flags() != 0) {
            damage(number);
        } else if ((frame.flags() & Ffmpeg.FRAME_KEY) != 0 && number > lastDamaged) {
            damaged = false;
        }
        if (damaged && number >= firstDamaged) {
            count();
            return false;
        }
        return true;
    }

    private void damage(final long number) {
        firstDamaged = damaged ? Math.min(firstDamaged, number) : number;
        lastDamaged = Math.max(lastDamaged, number);
        damaged = true;
    }

    private void feed() {
        final int result = av_read_frame(container, packet);
        if (result < 0) {
            if (result != AVERROR_EOF) {
                countDamage();
            }
            draining = true;
            avcodec_send_packet(decoder, null);
            return;
        }
        if (packet.stream_index() == stream) {
            packet.opaque(new Mark(++packets));
            if ((packet.flags() & AV_PKT_FLAG_CORRUPT) != 0 || avcodec_send_packet(decoder, packet) < 0) {
                countDamage();
            }
        }
        av_packet_unref(packet);
    }

    private void countDamage() {
        damage(packets);
        count();
    }

    private void count() {
        counts.received.incrementAndGet();
        counts.corrupt.incrementAndGet();
    }

    private void tell(final AVFrame frame) {
        final long timestamp = frame.best_effort_timestamp();
        if (begun) {
            final long step = timestamp == AV_NOPTS_VALUE || lastTimestamp == AV_NOPTS_VALUE ? 0 : nanos(timestamp - lastTimestamp);
            timeNanos = step > 0 && step <= LONGEST_STEP_NANOS ? timeNanos + step : endNanos;
        }
        begun = true;
        lastTimestamp = timestamp;
        final long shownNanos = nanos(frame.duration());
        endNanos = timeNanos + (shownNanos >= LEAST_STEP_NANOS && shownNanos <= LONGEST_STEP_NANOS ? shownNanos : stepNanos);
    }

    private long nanos(final long ticks) {
        return av_rescale(ticks, timeBase.num() * SECOND_NANOS, timeBase.den());
    }

    @Override
    public void close() {
        av_packet_free(packet);
        avcodec_free_context(decoder);
        avformat_close_input(container);
    }
}
