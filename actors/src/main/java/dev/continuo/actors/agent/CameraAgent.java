package dev.continuo.actors.agent;

import dev.continuo.actors.bus.Bus;
import dev.continuo.actors.bus.BusPublication;
import dev.continuo.actors.bus.Delivery;
import dev.continuo.actors.bus.StreamId;
import dev.continuo.actors.latency.Count;
import dev.continuo.actors.message.CameraFrameEncoder;
import dev.continuo.actors.message.MessageHeaderEncoder;
import dev.continuo.config.CameraProfile;
import dev.continuo.perception.Camera;
import dev.continuo.perception.CameraCounts;
import dev.continuo.perception.Frame;
import org.agrona.CloseHelper;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Publishes the newest pictures of one camera, at most as many a second as its profile says.
 */
public final class CameraAgent extends TimedStageAgent {
    private static final int HEADER_BYTES = 256;
    private static final long POLL_NANOS = 2_000_000L;

    private final CameraProfile profile;
    private final int index;
    private final Camera camera;
    private final BusPublication publication;
    private final Frame picture;
    private final UnsafeBuffer message;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final CameraFrameEncoder frame = new CameraFrameEncoder();
    private final Count published = new Count();
    private final Count refused = new Count();
    /** When a picture last came; before the first, when the agent began to look for one. */
    private final Count lastPictureAtNanos = new Count();
    private long nextAtNanos = Long.MIN_VALUE / 2;
    private long sequence;

    /**
     * An agent for one camera.
     *
     * @param index  the camera's place in the profile
     * @param camera closed with the agent
     */
    public CameraAgent(
        final CameraProfile profile, final int index, final Camera camera, final Bus bus, final NanoClock clock) {
        super("camera-" + profile.name(), clock, POLL_NANOS);
        this.profile = profile;
        this.index = index;
        this.camera = camera;
        picture = new Frame(profile.width(), profile.height());
        lastPictureAtNanos.set(clock.nanoTime());
        publication = bus.publication(StreamId.CAMERA_FRAME);
        message = new UnsafeBuffer(ByteBuffer.allocateDirect(HEADER_BYTES + profile.width() * profile.height() * 3));
    }

    @Override
    public int doWork() {
        final long nowNanos = clock.nanoTime();
        aliveAtNanos.set(nowNanos);
        if (nowNanos < nextAtNanos || !camera.poll(picture)) {
            return 0;
        }
        lastPictureAtNanos.set(nowNanos);
        // From the due time, not from now: a picture that comes a little late does not lower the rate.
        final long periodNanos = 1_000_000_000L / profile.rateHz();
        nextAtNanos = Math.max(nextAtNanos + periodNanos, nowNanos + periodNanos / 2);
        publish();
        return 1;
    }

    private void publish() {
        frame.wrapAndApplyHeader(message, 0, header)
            .observedAtNanos(picture.capturedAtNanos)
            .sequence(++sequence)
            .index(index)
            .capturedAtNanos(picture.capturedAtNanos)
            .width(picture.width())
            .height(picture.height())
            .putPixels(picture.rgb(), 0, picture.rgb().length);
        frame.publishedAtNanos(clock.nanoTime());
        final int length = MessageHeaderEncoder.ENCODED_LENGTH + frame.encodedLength();
        if (publication.offer(message, 0, length) == Delivery.SENT) {
            published.increment();
        } else {
            refused.increment();
        }
    }

    @Override
    public void onClose() {
        CloseHelper.closeAll(camera, publication);
    }

    /** Pictures sent. */
    public Count published() {
        return published;
    }

    /** Pictures that the bus did not take. */
    public Count refused() {
        return refused;
    }

    @Override
    public String lack() {
        if (aliveAtNanos.get() - lastPictureAtNanos.get() <= profile.maxAgeNanos()) {
            return "";
        }
        return camera.isConnected() ? "gives no new picture" : "is not connected";
    }

    @Override
    public Map<String, Long> tally() {
        final CameraCounts counts = camera.counts();
        final Map<String, Long> byName = new LinkedHashMap<>();
        byName.put("received", counts.received.get());
        byName.put("dropped", counts.dropped.get());
        byName.put("corrupt", counts.corrupt.get());
        byName.put("repeated", counts.repeated.get());
        byName.put("reconnects", counts.reconnects.get());
        return byName;
    }
}
