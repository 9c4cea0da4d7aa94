package dev.continuo.proving.service;

import dev.continuo.actors.agent.ChunkPolicy;
import dev.continuo.actors.agent.Reasoner;
import dev.continuo.config.ArmProfile;
import dev.continuo.config.Profile;
import dev.continuo.perception.Frame;
import dev.continuo.proving.fault.FaultKind;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.agrona.concurrent.NanoClock;

/**
 * Stands for the model, whose weights and latency are not what is tried here: a policy that sways all joints about their ready poses, and a reasoner that says the same again and again; and both as bad as a
 * model can get.
 */
final class StandInMind {
    private static final double SWAY_RAD_PER_SEC = 1.3;
    private static final float[] EMBEDDING = new float[32];
    private static final double BEYOND_LIMITS = 1.3;

    private final Profile profile;
    private final NanoClock clock;
    private final SplittableRandom random;
    private final Set<FaultKind> faults = EnumSet.noneOf(FaultKind.class);
    private final double[] centre;
    private final double[] amplitude;
    private final double[] minimum;
    private final double[] maximum;

    StandInMind(final Profile profile, final NanoClock clock, final long seed) {
        this.profile = profile;
        this.clock = clock;
        random = new SplittableRandom(seed);
        final int columns = profile.columns();
        centre = new double[columns];
        amplitude = new double[columns];
        minimum = new double[columns];
        maximum = new double[columns];
        for (int arm = 0; arm < profile.arms().size(); arm++) {
            final ArmProfile of = profile.arms().get(arm);
            for (int axis = 0; axis < of.axisCount(); axis++) {
                final int column = profile.firstColumn(arm) + axis;
                minimum[column] = of.limits().minimum().at(axis);
                maximum[column] = of.limits().maximum().at(axis);
                centre[column] = of.readyPose().at(axis);
                amplitude[column] = 0.1 * (maximum[column] - minimum[column]) * random.nextDouble(0.1, 1);
            }
        }
    }

    /** Begins or ends to be bad in some way. */
    void set(final FaultKind fault, final boolean on) {
        if (on) {
            faults.add(fault);
        } else {
            faults.remove(fault);
        }
    }

    Reasoner reasoner() {
        return new Reasoner() {
            @Override
            public Thought reason(final Frame[] pictures, final String instruction, final Progress progress) {
                final StringBuilder text = new StringBuilder();
                for (final String word : ("The instruction is: " + instruction).split(" ")) {
                    text.append(word).append(' ');
                    if (!progress.onToken(text)) {
                        return null;
                    }
                }
                return new Thought(text.toString(), EMBEDDING, text.length());
            }

            @Override
            public void close() {
                // Nothing is held.
            }
        };
    }

    ChunkPolicy policy() {
        return new ChunkPolicy() {
            @Override
            public boolean chunk(final Request request, final float[] rows) {
                return fill(rows);
            }

            @Override
            public void close() {
                // Nothing is held.
            }
        };
    }

    private boolean fill(final float[] rows) {
        if (faults.contains(FaultKind.POLICY_THROWS)) {
            throw new IllegalStateException("the policy fails");
        }
        if (faults.contains(FaultKind.POLICY_REFUSES)) {
            return false;
        }
        if (faults.contains(FaultKind.POLICY_FROZEN)) {
            return true;
        }
        for (int row = 0; row < rows.length / centre.length; row++) {
            final double seconds = (clock.nanoTime() + row * profile.playback().rowPeriodNanos()) * 1e-9;
            for (int column = 0; column < centre.length; column++) {
                rows[row * centre.length + column] = (float) value(column, seconds);
            }
        }
        if (faults.contains(FaultKind.POLICY_NAN)) {
            rows[random.nextInt(rows.length)] = Float.NaN;
        }
        if (faults.contains(FaultKind.POLICY_INFINITE)) {
            Arrays.fill(rows, random.nextInt(rows.length), rows.length, random.nextBoolean() ? Float.POSITIVE_INFINITY : Float.NEGATIVE_INFINITY);
        }
        return true;
    }

    private double value(final int column, final double seconds) {
        if (faults.contains(FaultKind.POLICY_OVERSIZED)) {
            return (random.nextDouble() - 0.5) * Math.pow(10, random.nextDouble(-3, 30));
        }
        if (faults.contains(FaultKind.POLICY_JUMPING)) {
            final double middle = (minimum[column] + maximum[column]) / 2;
            return middle + (random.nextDouble() - 0.5) * BEYOND_LIMITS * (maximum[column] - minimum[column]);
        }
        return centre[column] + amplitude[column] * Math.sin(SWAY_RAD_PER_SEC * seconds + column);
    }
}
