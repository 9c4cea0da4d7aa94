package dev.continuo.training.evaluation;

import dev.continuo.actors.bus.Bus;
import dev.continuo.actors.bus.BusSubscription;
import dev.continuo.actors.bus.StreamId;
import dev.continuo.actors.message.JointStateDecoder;
import dev.continuo.actors.message.MessageHeaderDecoder;
import dev.continuo.actors.message.MotionMode;
import dev.continuo.config.Profile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.Agent;

/**
 * How smoothly the arms are commanded while they play: the jerk of their joints beside takeovers and apart from them, and how long no row was due.
 *
 * <p>Jerk is the third difference of the commanded joint angles over four moments that are 20 ms apart, the largest of all joints of an arm. Finer, one would see the corners of the curve between rows, not
 * how chunks agree. It counts as beside a takeover if one falls within the four moments or up to 100 ms before them, as long as a chunk fades in.
 */
final class MotionRecord implements Agent {
    private static final long STEP_NANOS = 20_000_000L;
    private static final long BESIDE_NANOS = 100_000_000L;
    private static final long LOOK_BACK_NANOS = 3 * STEP_NANOS;
    private static final double STEP_SECONDS = STEP_NANOS * 1e-9;
    private static final int MOMENTS = 4;
    private static final int MANY = 10_000;

    private final BusSubscription states;
    private final JointStateDecoder state = new JointStateDecoder();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final List<Arm> arms = new ArrayList<>();
    private final DoubleStream.Builder beside = DoubleStream.builder();
    private final DoubleStream.Builder apart = DoubleStream.builder();
    private long takeovers;
    private long stalls;
    private long stalledNanos;
    private long playedNanos;

    /** One arm's last moments. */
    private static final class Arm {
        private final double[][] joints;
        private int moments;
        private long nextAtNanos;
        private long sequence;
        private long takenOverAtNanos = Long.MIN_VALUE / 2;
        private long lastAtNanos;
        private boolean plays;
        private boolean stalls;

        Arm(final int joints) {
            this.joints = new double[MOMENTS][joints];
        }

        private void forget() {
            moments = 0;
            sequence = 0;
            plays = false;
            stalls = false;
        }
    }

    MotionRecord(final Profile profile, final Bus bus) {
        states = bus.subscription(StreamId.JOINT_STATE);
        profile.arms().forEach(arm -> arms.add(new Arm(arm.axisCount() - 1)));
    }

    @Override
    public int doWork() {
        return states.poll(this::onState, MANY);
    }

    private void onState(final DirectBuffer buffer, final int offset, final int length) {
        state.wrapAndApplyHeader(buffer, offset, header);
        final Arm arm = arms.get(state.index());
        final long atNanos = state.publishedAtNanos();
        switch (state.mode()) {
            case PLAYING, HOLDING -> {
                arm.plays |= state.mode() == MotionMode.PLAYING;
                if (arm.plays) {
                    countStalls(arm, state.mode() == MotionMode.HOLDING, atNanos);
                    follow(arm, atNanos);
                }
            }
            default -> arm.forget();
        }
        arm.lastAtNanos = atNanos;
    }

    private void countStalls(final Arm arm, final boolean holds, final long atNanos) {
        final long sinceNanos = atNanos - arm.lastAtNanos;
        playedNanos += sinceNanos;
        stalledNanos += holds ? sinceNanos : 0;
        stalls += holds && !arm.stalls ? 1 : 0;
        arm.stalls = holds;
    }

    private void follow(final Arm arm, final long atNanos) {
        final long sequence = state.chunkSequence();
        if (sequence != 0 && sequence != arm.sequence) {
            if (arm.sequence != 0) {
                takeovers++;
                arm.takenOverAtNanos = atNanos;
            }
            arm.sequence = sequence;
        }
        if (arm.moments > 0 && atNanos < arm.nextAtNanos) {
            return;
        }
        arm.nextAtNanos = atNanos + STEP_NANOS;
        final double[] oldest = arm.joints[0];
        System.arraycopy(arm.joints, 1, arm.joints, 0, MOMENTS - 1);
        arm.joints[MOMENTS - 1] = oldest;
        final JointStateDecoder.AxesDecoder axes = state.axes();
        for (int joint = 0; joint < oldest.length && axes.hasNext(); joint++) {
            oldest[joint] = axes.next().setpoint();
        }
        if (++arm.moments >= MOMENTS) {
            (atNanos - arm.takenOverAtNanos <= LOOK_BACK_NANOS + BESIDE_NANOS ? beside : apart).accept(jerk(arm.joints));
        }
    }

    private static double jerk(final double[][] q) {
        double most = 0;
        for (int joint = 0; joint < q[0].length; joint++) {
            most = Math.max(most, Math.abs(q[3][joint] - 3 * q[2][joint] + 3 * q[1][joint] - q[0][joint]));
        }
        return most / (STEP_SECONDS * STEP_SECONDS * STEP_SECONDS);
    }

    /** What was seen. To be asked for once, at the end. */
    Motion motion() {
        return new Motion(beside.build().toArray(), apart.build().toArray(), takeovers, stalls, stalledNanos, playedNanos);
    }

    @Override
    public String roleName() {
        return "motion-record";
    }

    @Override
    public void onClose() {
        states.close();
    }

    /**
     * How an arm, or several, moved.
     *
     * @param besideTakeovers   jerk within 100 ms after a takeover, rad/s^3
     * @param apartFromThem     jerk elsewhere
     * @param takeovers         chunks that took over from another
     * @param stalls            times that no row was due any more
     * @param stalledNanos      how long
     * @param playedNanos       of so long, from the first row on, of all arms together
     */
    record Motion(double[] besideTakeovers, double[] apartFromThem, long takeovers, long stalls, long stalledNanos, long playedNanos) {

        /** All of them together. */
        static Motion of(final List<Motion> motions) {
            return new Motion(motions.stream().flatMapToDouble(motion -> Arrays.stream(motion.besideTakeovers)).toArray(),
                motions.stream().flatMapToDouble(motion -> Arrays.stream(motion.apartFromThem)).toArray(), motions.stream().mapToLong(Motion::takeovers).sum(),
                motions.stream().mapToLong(Motion::stalls).sum(), motions.stream().mapToLong(Motion::stalledNanos).sum(), motions.stream().mapToLong(Motion::playedNanos).sum());
        }
    }
}
