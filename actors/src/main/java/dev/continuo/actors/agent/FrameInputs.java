package dev.continuo.actors.agent;

import dev.continuo.actors.bus.Bus;
import dev.continuo.actors.bus.RecentSubscription;
import dev.continuo.actors.bus.StreamId;
import dev.continuo.actors.latency.Count;
import dev.continuo.actors.message.CameraFrameDecoder;
import dev.continuo.actors.message.MessageHeaderDecoder;
import dev.continuo.config.CameraProfile;
import dev.continuo.perception.Frame;

import java.util.List;

/**
 * The pictures of all cameras whose times of capture lie closest together, as a stage that looks at them all receives them. Of a single camera: its newest.
 */
final class FrameInputs {
    private static final int HEADER_BYTES = 256;
    /** How much later the pictures of one camera may arrive than those of another: a quarter of a second of each is kept. */
    private static final int HISTORIES_A_SECOND = 4;
    private static final int LEAST_DEPTH = 4;
    private static final int MOST_DEPTH = 16;
    /** The receiver replaces at most one picture of each camera between a look and a take. */
    private static final int ATTEMPTS = 3;
    /** Pictures that may arrive during a look. */
    private static final int SPARE = 2;

    private final RecentSubscription frames;
    private final ClosestInTime match;
    private final List<CameraProfile> cameras;
    private final CameraFrameDecoder decoder = new CameraFrameDecoder();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final Count wrongSize = new Count();

    FrameInputs(final Bus bus, final List<CameraProfile> cameras) {
        int longest = 0;
        for (final CameraProfile camera : cameras) {
            longest = Math.max(longest, camera.width() * camera.height() * Frame.CHANNELS);
        }
        this.cameras = cameras;
        final int[] depths = cameras.stream().mapToInt(camera -> depth(camera, cameras.size())).toArray();
        frames = new RecentSubscription(bus.subscription(StreamId.CAMERA_FRAME), depths, longest + HEADER_BYTES);
        match = new ClosestInTime(java.util.Arrays.stream(depths).map(depth -> depth + SPARE).toArray());
    }

    private static int depth(final CameraProfile camera, final int cameras) {
        return cameras == 1 ? 1 : Math.clamp(camera.rateHz() / HISTORIES_A_SECOND + 2, LEAST_DEPTH, MOST_DEPTH);
    }

    RecentSubscription subscription() {
        return frames;
    }

    /** Takes the newest set of pictures; false if a camera has none that is young enough. */
    boolean match(final long nowNanos) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            look(nowNanos);
            if (!match.choose()) {
                return false;
            }
            if (takeAll()) {
                return true;
            }
        }
        return false;
    }

    private void look(final long nowNanos) {
        match.clear();
        for (int i = 0; i < cameras.size(); i++) {
            final int seen = frames.at(i).look(nowNanos, cameras.get(i).maxAgeNanos());
            for (int picture = 0; picture < seen; picture++) {
                match.add(i, frames.at(i).observedAtNanos(picture));
            }
        }
    }

    private boolean takeAll() {
        boolean all = true;
        for (int i = 0; i < cameras.size(); i++) {
            all &= frames.at(i).take(match.chosen(i));
        }
        return all;
    }

    /** Copies the pictures of the set; false, and counted, if one is not of its camera's size. */
    boolean read(final Frame[] pictures) {
        for (int i = 0; i < pictures.length; i++) {
            decoder.wrapAndApplyHeader(frames.at(i).buffer(), 0, header);
            final Frame picture = pictures[i];
            if (decoder.width() != picture.width() || decoder.height() != picture.height()) {
                wrongSize.increment();
                return false;
            }
            picture.capturedAtNanos = decoder.capturedAtNanos();
            picture.sequence = decoder.sequence();
            decoder.getPixels(picture.rgb(), 0, picture.rgb().length);
        }
        return true;
    }

    /** When the oldest picture of the set was observed. */
    long observedAtNanos() {
        return match.earliest();
    }

    /** From the oldest to the newest picture of the set. */
    long skewNanos() {
        return match.skew();
    }

    /** Empty pictures of the cameras' sizes, in the profile's order. */
    static Frame[] pictures(final List<CameraProfile> cameras) {
        return cameras.stream().map(camera -> new Frame(camera.width(), camera.height())).toArray(Frame[]::new);
    }

    /** Pictures that were not of their camera's size. */
    Count wrongSize() {
        return wrongSize;
    }
}
