package dev.continuo.hardware.arx;

import dev.continuo.hardware.can.CanBus;
import java.util.concurrent.TimeUnit;

/**
 * The driver's view of one motor: what it said last, how reliably it answers, and how to ask what its frames mean.
 *
 * <p>Positions are in the motor's own units, radians at its output.
 */
abstract sealed class MotorLink permits DamiaoLink, EncosLink {
    /** How long a motor may take to answer a question. */
    static final long ANSWER_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    /** How often a question is put. */
    static final int ATTEMPTS = 3;
    /** Implausible readings in a row after which they are a fault, not noise. */
    static final int OUTLIERS_IN_A_ROW = 5;

    /** A reading may run ahead of what the motor's speed allows by this much: quantisation, and several readings in one poll. */
    private static final float JUMP_MARGIN = 0.15f;
    private static final float SPEED_MARGIN = 1.5f;
    private static final float NANOS_PER_SECOND = 1e9f;

    /** What is known of a motor. */
    enum Identity {
        /** Being asked. */
        UNKNOWN,
        /** It told its ranges. */
        TOLD,
        /** It answers, but did not tell its ranges: the table's are used. */
        ASSUMED,
        /** It does not answer at all. */
        MISSING
    }

    final ArxMotor motor;
    MotorRanges ranges;
    Identity identity = Identity.UNKNOWN;
    boolean timeoutRefused;

    float position;
    float velocity;
    float torque;
    int celsius;
    /** When {@link #position} was received; {@link Long#MIN_VALUE} before the first reading. */
    long measuredAtNanos = Long.MIN_VALUE;

    long missedReplies;
    long outliers;
    int overTorqueCycles;

    private long heardAtNanos = Long.MIN_VALUE;
    private int unanswered;
    private int outliersInARow;
    private int question;
    private int attempts;
    private long askedAtNanos;
    private boolean outstanding;
    private boolean knocking;
    private boolean heardKnock;

    MotorLink(final ArxMotor motor) {
        this.motor = motor;
        this.ranges = motor.type().ranges();
    }

    /** Queues one cycle's command. Returns false if the bus would not take it. */
    abstract boolean command(CanBus bus, float kp, float kd, float position, float velocity, float torque);

    /** Queues the command that clears a latched fault, where the protocol has one. */
    abstract void clearError(CanBus bus);

    /** Queues settings that the motor does not acknowledge. */
    abstract void applySettings(CanBus bus);

    /** Queues a frame that makes the motor follow commands without moving it. */
    abstract void enable(CanBus bus);

    /** Whether the motor follows commands. */
    abstract boolean isEnabled();

    /** Whether the motor's last state frame reported a fault. */
    abstract boolean reportsFault();

    /** What the motor's last state frame reported, for people. */
    abstract String report();

    /** Number of questions to put before the motor can be driven. */
    abstract int questions();

    /** Queues one of the questions. */
    abstract void ask(CanBus bus, int number);

    /** Queues a harmless frame that every motor of the kind answers with its state. */
    abstract void knock(CanBus bus);

    /** The ranges from the answers. */
    abstract MotorRanges toldRanges();

    /** Forgets what is known, to ask anew. Counters stay. */
    void reset() {
        identity = Identity.UNKNOWN;
        ranges = motor.type().ranges();
        timeoutRefused = false;
        measuredAtNanos = Long.MIN_VALUE;
        heardAtNanos = Long.MIN_VALUE;
        unanswered = 0;
        outliersInARow = 0;
        overTorqueCycles = 0;
        question = 0;
        attempts = 0;
        outstanding = false;
        knocking = false;
        heardKnock = false;
    }

    /**
     * Asks the next question when the last one is answered, again when it is not, and gives up in time.
     *
     * @return true once {@link #identity} is known
     */
    final boolean identify(final long nowNanos, final CanBus bus) {
        if (identity != Identity.UNKNOWN) {
            return true;
        }
        if (outstanding && nowNanos - askedAtNanos < ANSWER_NANOS) {
            return false;
        }
        if (outstanding && attempts >= ATTEMPTS) {
            giveUp();
            return identity != Identity.UNKNOWN;
        }
        if (knocking) {
            knock(bus);
        } else {
            ask(bus, question);
        }
        outstanding = true;
        attempts++;
        askedAtNanos = nowNanos;
        return false;
    }

    private void giveUp() {
        attempts = 0;
        outstanding = false;
        if (knocking) {
            identity = Identity.MISSING;
        } else if (isRangeQuestion(question)) {
            knocking = true;
            heardKnock = false;
        } else {
            timeoutRefused = true;
            nextQuestion();
        }
    }

    /** Whether a motor without an answer to this question cannot be trusted to have told its ranges. */
    abstract boolean isRangeQuestion(int number);

    /** The question that waits for its answer, or -1. */
    final int outstandingQuestion() {
        return outstanding && !knocking ? question : -1;
    }

    /** Takes note that the outstanding question was answered. */
    final void answered(final long atNanos) {
        heard(atNanos);
        attempts = 0;
        outstanding = false;
        nextQuestion();
    }

    private void nextQuestion() {
        question++;
        if (question < questions()) {
            return;
        }
        final MotorRanges told = toldRanges();
        if (told.isPlausible()) {
            ranges = told;
            identity = Identity.TOLD;
        } else {
            identity = Identity.ASSUMED;
        }
    }

    /** Takes note that a command went out which the motor must answer. */
    final void commandSent() {
        if (unanswered > 0) {
            missedReplies++;
        }
        unanswered++;
    }

    /** Whether the motor has left {@code misses} commands unanswered and has been silent for {@code silentNanos}. */
    final boolean isSilent(final long nowNanos, final int misses, final long silentNanos) {
        return unanswered >= misses && nowNanos - heardAtNanos >= silentNanos;
    }

    /** Whether too many readings in a row were implausible. */
    final boolean isImplausible() {
        return outliersInARow >= OUTLIERS_IN_A_ROW;
    }

    private void heard(final long atNanos) {
        heardAtNanos = atNanos;
        unanswered = 0;
    }

    /** Takes in a state frame's values, unless the position is where the motor cannot have got to. */
    final void measured(final float newPosition, final float newVelocity, final float newTorque, final long atNanos) {
        heard(atNanos);
        if (knocking && !heardKnock) {
            heardKnock = true;
            identity = Identity.ASSUMED;
            return;
        }
        if (identity == Identity.UNKNOWN) {
            return; // The ranges may be wrong yet.
        }
        float unwrapped = newPosition;
        if (measuredAtNanos != Long.MIN_VALUE) {
            unwrapped = nearestTurn(newPosition);
            final float elapsed = (atNanos - measuredAtNanos) / NANOS_PER_SECOND;
            final float reach = JUMP_MARGIN + SPEED_MARGIN * motor.type().maximumSpeed() * elapsed;
            if (Math.abs(unwrapped - position) > reach) {
                outliers++;
                outliersInARow++;
                return;
            }
        }
        outliersInARow = 0;
        position = unwrapped;
        velocity = newVelocity;
        torque = newTorque;
        measuredAtNanos = atNanos;
    }

    /** The reading itself, or for a motor whose position wraps around, the same place one turn of its range away. */
    abstract float nearestTurn(float reading);
}
