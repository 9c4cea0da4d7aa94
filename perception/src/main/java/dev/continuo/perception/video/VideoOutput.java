package dev.continuo.perception.video;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;
import static org.bytedeco.ffmpeg.global.avformat.av_interleaved_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_close;
import static org.bytedeco.ffmpeg.global.avformat.avio_open;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;

import java.io.IOException;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;

/** An MP4 file with one stream of pictures that is being written. Incomplete, and no video to anybody, until it is finished. One thread at a time. */
final class VideoOutput implements AutoCloseable {
    private final Path file;
    private final AVFormatContext container = new AVFormatContext(null);
    private AVStream stream;

    VideoOutput(final Path file) throws IOException {
        this.file = file;
        final String name = "file:" + file.toAbsolutePath();
        check(avformat_alloc_output_context2(container, null, "mp4", name), "cannot be written");
        final AVIOContext io = new AVIOContext(null);
        try {
            check(avio_open(io, name, AVIO_FLAG_WRITE), "cannot be written");
            container.pb(io);
            stream = avformat_new_stream(container, null);
        } catch (final IOException e) {
            close();
            throw e;
        }
    }

    /** The stream, whose codec and time base are to be set before the file is begun. */
    AVStream stream() {
        return stream;
    }

    void begin() throws IOException {
        final AVDictionary options = new AVDictionary(null);
        // What one needs to find a picture comes first, so that a reader over a network need not fetch the whole file.
        av_dict_set(options, "movflags", "faststart", 0);
        final int begun = avformat_write_header(container, options);
        av_dict_free(options);
        check(begun, "cannot be written");
    }

    /** Takes the packet's contents; its times are in the given unit. */
    void write(final AVPacket packet, final AVRational unit) throws IOException {
        packet.stream_index(0).pos(-1);
        av_packet_rescale_ts(packet, unit, stream.time_base());
        check(av_interleaved_write_frame(container, packet), "cannot be written");
    }

    void finish() throws IOException {
        check(av_write_trailer(container), "cannot be finished");
    }

    void check(final int result, final String complaint) throws IOException {
        if (result < 0) {
            throw new IOException(file + " " + complaint + ": " + Ffmpeg.reason(result));
        }
    }

    @Override
    public void close() {
        if (container.isNull()) {
            return;
        }
        final AVIOContext io = container.pb();
        if (io != null && !io.isNull()) {
            avio_close(io);
        }
        avformat_free_context(container);
        container.setNull();
    }
}
