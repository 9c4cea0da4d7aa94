package dev.continuo.proving.service;

import dev.continuo.config.CameraProfile;
import dev.continuo.config.ProfileException;
import dev.continuo.perception.Camera;
import dev.continuo.perception.CameraCounts;
import dev.continuo.perception.Frame;
import org.agrona.concurrent.NanoClock;

/** A camera that shows nothing, at its rate, unless it is frozen or gone. */
final class StandInCamera {
    private static final long EXPOSED_BEFORE_NANOS = 20_000_000L;

    private final NanoClock clock;
    private boolean frozen;
    private boolean gone;

    StandInCamera(final NanoClock clock) {
        this.clock = clock;
    }

    void frozen(final boolean on) {
        frozen = on;
    }

    void gone(final boolean on) {
        gone = on;
    }

    /** A connection to it. */
    Camera open(final CameraProfile profile) {
        if (gone) {
            throw new ProfileException("camera " + profile.name() + " cannot be reached");
        }
        return new Connection(profile);
    }

    private final class Connection implements Camera {
        private final CameraProfile profile;
        private final CameraCounts counts = new CameraCounts();
        private long takenAtNanos = Long.MIN_VALUE / 2;

        private Connection(final CameraProfile profile) {
            this.profile = profile;
        }

        @Override
        public String name() {
            return profile.name();
        }

        @Override
        public boolean poll(final Frame frame) {
            final long nowNanos = clock.nanoTime();
            if (frozen || gone || nowNanos - takenAtNanos < 1_000_000_000L / profile.rateHz()) {
                return false;
            }
            takenAtNanos = nowNanos;
            counts.received.incrementAndGet();
            frame.capturedAtNanos = nowNanos - EXPOSED_BEFORE_NANOS;
            frame.sequence = counts.received.get();
            return true;
        }

        @Override
        public boolean isConnected() {
            return !gone;
        }

        @Override
        public CameraCounts counts() {
            return counts;
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
