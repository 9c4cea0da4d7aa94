package dev.continuo.actors.agent;

import dev.continuo.actors.bus.Bus;
import dev.continuo.actors.bus.NewestSubscription;
import dev.continuo.actors.bus.NewestValue;
import dev.continuo.actors.bus.StreamId;
import dev.continuo.config.CameraProfile;

import java.util.List;

/** The newest picture of each camera, as a stage that looks at them all receives them. */
final class FrameInputs {
    private static final int HEADER_BYTES = 256;

    private final NewestSubscription frames;
    private final long[] maxAgeNanos;

    FrameInputs(final Bus bus, final List<CameraProfile> cameras) {
        int longest = 0;
        maxAgeNanos = new long[cameras.size()];
        for (int i = 0; i < maxAgeNanos.length; i++) {
            longest = Math.max(longest, cameras.get(i).width() * cameras.get(i).height() * 3);
            maxAgeNanos[i] = cameras.get(i).maxAgeNanos();
        }
        frames = new NewestSubscription(bus.subscription(StreamId.CAMERA_FRAME), maxAgeNanos.length, longest + HEADER_BYTES);
    }

    NewestSubscription subscription() {
        return frames;
    }

    /** Whether every camera has been heard of. */
    boolean allPresent() {
        boolean present = true;
        for (int i = 0; i < maxAgeNanos.length; i++) {
            final NewestValue frame = frames.at(i);
            frame.take();
            present &= frame.isPresent();
        }
        return present;
    }

    /** Whether every camera's newest picture is young enough; after {@link #allPresent}. */
    boolean allFresh(final long nowNanos) {
        boolean fresh = true;
        for (int i = 0; i < maxAgeNanos.length; i++) {
            fresh &= frames.at(i).isFresh(nowNanos, maxAgeNanos[i]);
        }
        return fresh;
    }

    /** Copies the newest pictures and returns when the oldest of them was observed. */
    long read(final Picture[] pictures) {
        long oldest = Long.MAX_VALUE;
        for (int i = 0; i < pictures.length; i++) {
            pictures[i].read(frames.at(i).buffer());
            oldest = Math.min(oldest, pictures[i].observedAtNanos);
        }
        return oldest;
    }
}
