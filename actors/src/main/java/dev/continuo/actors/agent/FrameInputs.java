package dev.continuo.actors.agent;

import dev.continuo.actors.bus.Bus;
import dev.continuo.actors.bus.NewestSubscription;
import dev.continuo.actors.bus.NewestValue;
import dev.continuo.actors.bus.StreamId;
import dev.continuo.actors.latency.Count;
import dev.continuo.actors.message.CameraFrameDecoder;
import dev.continuo.actors.message.MessageHeaderDecoder;
import dev.continuo.config.CameraProfile;
import dev.continuo.perception.Frame;

import java.util.List;

/** The newest picture of each camera, as a stage that looks at them all receives them. */
final class FrameInputs {
    private static final int HEADER_BYTES = 256;

    private final NewestSubscription frames;
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
        frames = new NewestSubscription(bus.subscription(StreamId.CAMERA_FRAME), cameras.size(), longest + HEADER_BYTES);
    }

    NewestSubscription subscription() {
        return frames;
    }

    /** Whether every camera has been heard of. */
    boolean allPresent() {
        boolean present = true;
        for (int i = 0; i < cameras.size(); i++) {
            final NewestValue frame = frames.at(i);
            frame.take();
            present &= frame.isPresent();
        }
        return present;
    }

    /** Whether every camera's newest picture is young enough; after {@link #allPresent}. */
    boolean allFresh(final long nowNanos) {
        boolean fresh = true;
        for (int i = 0; i < cameras.size(); i++) {
            fresh &= frames.at(i).isFresh(nowNanos, cameras.get(i).maxAgeNanos());
        }
        return fresh;
    }

    /** Copies the newest pictures; false, and counted, if one is not of its camera's size. */
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

    /** When the oldest of the newest pictures was observed. */
    long observedAtNanos() {
        long oldest = Long.MAX_VALUE;
        for (int i = 0; i < cameras.size(); i++) {
            oldest = Math.min(oldest, frames.at(i).observedAtNanos());
        }
        return oldest;
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
