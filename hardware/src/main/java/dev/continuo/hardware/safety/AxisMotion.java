package dev.continuo.hardware.safety;

/**
 * The commanded motion of one axis: position, velocity and acceleration, advanced in equal steps of time.
 *
 * <p>The steps are those of backward differences, {@code a' = a + j h, v' = v + a' h, p' = p + v' h}, so that the limits hold exactly
 * for the velocity, acceleration and jerk that anyone computes from the sequence of positions.
 *
 * <p>Each step is first proposed (by {@link #follow} or {@link #brake}), then looked at, and then taken ({@link #advance}).
 */
final class AxisMotion {
    /** Below this speed the axis stands. */
    private static final double STANDSTILL = 1e-12;
    /** How quickly speed errors are reduced, as a fraction of one step, and at most per second. */
    private static final double SPEED_GAIN_STEPS = 0.4;
    private static final double MAX_SPEED_GAIN = 120;
    /** The part of the limits that an approach to the setpoint plans with; the rest is for errors of the plan. */
    private static final double PLANNED_ACCELERATION = 0.8;
    private static final double PLANNED_JERK = 0.5;

    private static final double LEAST_SHARE = 0.02;
    /** How much faster than allowed a setpoint may move before it counts as a jump. */
    private static final double JUMP_FACTOR = 4;

    double position;
    double velocity;
    double acceleration;
    /** The proposed step. */
    double nextPosition;
    double nextVelocity;
    double nextAcceleration;
    /** Positions of the stop that follows the proposed step, which is element 0. */
    final double[] stop;
    /** Elements of {@link #stop} in use. */
    int stopLength;
    /** The farthest that the stop strays from the proposed position. */
    double stopTravel;

    private final double step;
    private final double maxVelocity;
    private final double maxAcceleration;
    private final double jerkStep;
    private final double speedGain;
    private final double positionGain;
    private final double jerk;
    private final double limitMinimum;
    private final double limitMaximum;
    private double minimum;
    private double maximum;
    /** The share of the limits that the planned stop uses. */
    private double share = 1;
    private double nextShare = 1;
    private double previousSetpoint = Double.NaN;
    private double previousSlope;

    AxisMotion(final double minimum, final double maximum, final double velocity, final double acceleration, final double jerk,
               final double stepSeconds) {
        limitMinimum = minimum;
        limitMaximum = maximum;
        maxVelocity = velocity;
        maxAcceleration = acceleration;
        this.jerk = jerk;
        step = stepSeconds;
        jerkStep = jerk * stepSeconds;
        speedGain = Math.min(SPEED_GAIN_STEPS / stepSeconds, MAX_SPEED_GAIN);
        positionGain = speedGain / 4;
        // From full speed, while still accelerating: three ramps of the acceleration and the time at full deceleration.
        final double longestStop = 3 * acceleration / jerk + velocity / acceleration;
        stop = new double[(int) Math.ceil(longestStop / stepSeconds) + 16];
    }

    /** Stands still at a measured position. Where that is outside the limits, they are widened to it until the axis is back inside. */
    void reset(final double measured) {
        position = measured;
        velocity = 0;
        acceleration = 0;
        share = 1;
        minimum = Math.min(limitMinimum, measured);
        maximum = Math.max(limitMaximum, measured);
        forgetSetpoint();
    }

    /** Whether a measured position is so far outside the limits that it cannot be true. */
    boolean isImplausible(final double measured) {
        final double margin = (limitMaximum - limitMinimum) / 4;
        return !(measured >= limitMinimum - margin && measured <= limitMaximum + margin);
    }

    boolean isStanding() {
        return velocity == 0 && acceleration == 0;
    }

    double clampToLimits(final double setpoint) {
        return Math.min(maximum, Math.max(minimum, setpoint));
    }

    /** The next setpoint does not continue the last one. */
    void forgetSetpoint() {
        previousSetpoint = Double.NaN;
        previousSlope = 0;
    }

    /**
     * Proposes a step towards a setpoint that lies within the limits.
     *
     * @param setpoint where the axis shall be after {@code steps} steps
     * @param steps    steps until then; the setpoint is taken to have moved evenly
     * @return whether the step was limited, and by what
     */
    Verdict follow(final double setpoint, final int steps) {
        final double advance = (setpoint - previousSetpoint) / steps;
        // Faster than this, or the first one, is a jump: it has no speed that could be followed.
        final boolean continuous = Math.abs(advance) <= JUMP_FACTOR * maxVelocity * step;
        final double target = continuous ? setpoint - advance * (steps - 1) : setpoint;
        final double slope = continuous ? Math.max(-maxVelocity, Math.min(maxVelocity, advance / step)) : 0;
        final double bend = continuous ? (slope - previousSlope) / step : 0;
        final double limitedBend = Math.max(-maxAcceleration, Math.min(maxAcceleration, bend));
        previousSetpoint = target;
        previousSlope = slope;

        final double exactVelocity = (target - position) / step;
        final double exactAcceleration = (exactVelocity - velocity) / step;
        final Verdict verdict = judge(exactVelocity, exactAcceleration);
        if (verdict == Verdict.PASSED && canStayOn(slope, limitedBend, exactVelocity, exactAcceleration)) {
            nextAcceleration = exactAcceleration;
            nextVelocity = exactVelocity;
            nextPosition = target;
            return Verdict.PASSED;
        }
        approach(target, slope, limitedBend);
        return verdict == Verdict.PASSED ? Verdict.LIMITED_JERK : verdict;
    }

    /** Whether an axis that steps on to its target could go on with it: without this it would meet the target only to lose it again. */
    private boolean canStayOn(final double slope, final double bend, final double exactVelocity, final double exactAcceleration) {
        final double following = (slope - exactVelocity) / step + bend;
        return Math.abs(following - exactAcceleration) <= jerkStep && Math.abs(following - bend) <= jerkStep;
    }

    private Verdict judge(final double exactVelocity, final double exactAcceleration) {
        if (!(Math.abs(exactVelocity) <= maxVelocity)) {
            return Verdict.LIMITED_VELOCITY;
        }
        if (!(Math.abs(exactAcceleration) <= maxAcceleration)) {
            return Verdict.LIMITED_ACCELERATION;
        }
        return Math.abs(exactAcceleration - acceleration) <= jerkStep ? Verdict.PASSED : Verdict.LIMITED_JERK;
    }

    /**
     * Proposes a step that closes in on a moving target: at a speed that can still be shed within the gap, found from
     * {@code gap = v^2 / 2A + v A / 2J}, and changing that speed as the gap shrinks.
     */
    private void approach(final double target, final double slope, final double bend) {
        final double gap = target - position - slope * step;
        final double distance = Math.abs(gap);
        final double a = PLANNED_ACCELERATION * maxAcceleration;
        final double j = PLANNED_JERK * jerk;
        final double knee = a * a / (2 * j);
        double closing = positionGain * distance;
        double closingPerMetre = positionGain;
        final boolean longWay = distance >= 2 * knee * a / j;
        final double shed = longWay ? Math.sqrt(knee * knee + 2 * a * distance) - knee : Math.cbrt(distance * distance * j);
        if (shed < closing) {
            closing = shed;
            closingPerMetre = longWay ? a / (shed + knee) : 2 * shed / (3 * distance);
        }
        final double wantedVelocity = slope + Math.copySign(closing, gap);
        final double boundedVelocity = Math.max(-maxVelocity, Math.min(maxVelocity, wantedVelocity));
        final double wantedAcceleration =
            wantedVelocity == boundedVelocity ? bend + closingPerMetre * (slope - velocity) : 0;
        final double lack = boundedVelocity - velocity;
        final double correction = Math.min(speedGain * Math.abs(lack), Math.sqrt(2 * j * Math.abs(lack)));
        propose(wantedAcceleration * (1 - speedGain * step) + Math.copySign(correction, lack));
    }

    /** Proposes the step nearest to the wanted acceleration that the limits of acceleration and jerk allow. */
    private void propose(final double wanted) {
        final double bounded = Math.max(-maxAcceleration, Math.min(maxAcceleration, wanted));
        nextAcceleration = Math.max(acceleration - jerkStep, Math.min(acceleration + jerkStep, bounded));
        nextVelocity = velocity + nextAcceleration * step;
        nextPosition = position + nextVelocity * step;
    }

    /** Proposes the next step of the stop that was planned for the present command. */
    void brake() {
        nextPosition = position;
        nextVelocity = velocity;
        nextAcceleration = acceleration;
        nextShare = share;
        stepOfStop();
    }

    /** Plans on with the stop that {@link #brake} has proposed a step of; it was found within the limits before. */
    void planRestOfStop() {
        planStop(share);
    }

    /** How hard the proposed step is to stop: the time that its speed takes at full deceleration, seconds. */
    double stopEffort() {
        return (Math.abs(nextVelocity) + nextAcceleration * nextAcceleration / (2 * jerk)) / maxAcceleration;
    }

    /**
     * The share of its acceleration and jerk with which this axis stops as slowly as the hardest one, so that all keep their direction
     * until they stand. Proportional speeds need proportional decelerations; an acceleration that there already is sets a lower bound.
     */
    double shareOfStop(final double hardestEffort) {
        final double proportional = hardestEffort > 0 ? stopEffort() / hardestEffort : 1;
        return Math.min(1, Math.max(LEAST_SHARE, Math.max(proportional, Math.abs(nextAcceleration) / maxAcceleration)));
    }

    /** Takes the proposed step, whose stop must have been planned; limits that were widened close in behind the axis. */
    void advance() {
        position = nextPosition;
        velocity = nextVelocity;
        acceleration = nextAcceleration;
        share = nextShare;
        double lowest = position;
        double highest = position;
        for (int i = 1; i < stopLength; i++) {
            lowest = Math.min(lowest, stop[i]);
            highest = Math.max(highest, stop[i]);
        }
        minimum = Math.min(limitMinimum, lowest);
        maximum = Math.max(limitMaximum, highest);
    }

    /**
     * Plans the stop after the proposed step.
     *
     * @param stopShare the share of the limits of acceleration and jerk that the stop is planned with; 1 is the quickest
     * @return whether the step and its stop keep to the limits of velocity and position
     */
    boolean planStop(final double stopShare) {
        nextShare = stopShare;
        final double firstPosition = nextPosition;
        final double firstVelocity = nextVelocity;
        final double firstAcceleration = nextAcceleration;
        stopLength = 0;
        stopTravel = 0;
        boolean within = true;
        while (within) {
            within = Math.abs(nextVelocity) <= maxVelocity && nextPosition >= minimum && nextPosition <= maximum
                && stopLength < stop.length;
            if (within) {
                stop[stopLength++] = nextPosition;
                stopTravel = Math.max(stopTravel, Math.abs(nextPosition - firstPosition));
                if (nextVelocity == 0 && nextAcceleration == 0) {
                    break;
                }
                stepOfStop();
            }
        }
        nextPosition = firstPosition;
        nextVelocity = firstVelocity;
        nextAcceleration = firstAcceleration;
        return within;
    }

    /** Where the stop is {@code index} steps after the proposed one. */
    double stopAt(final int index) {
        return stop[Math.min(index, stopLength - 1)];
    }

    /**
     * One step of a stop, in place on the proposal.
     *
     * <p>With the jerk step {@code d}, shedding a deceleration {@code x = n d + r} one step at a time sheds the speed
     * {@code S = h ((n + 1) x - d n (n + 1) / 2)}. The stop decelerates with the {@code x} that solves {@code S = v}: from then on the
     * deceleration falls by one jerk step per step and both end at zero exactly.
     */
    private void stepOfStop() {
        final double speed = Math.abs(nextVelocity);
        if (speed < STANDSTILL && Math.abs(nextAcceleration) <= jerkStep) {
            nextVelocity = 0;
            nextAcceleration = 0;
            return;
        }
        final double shedStep = jerkStep * nextShare;
        final double n = Math.floor((Math.sqrt(1 + 8 * speed / (shedStep * step)) - 1) / 2);
        final double shed = (speed / step + shedStep * n * (n + 1) / 2) / (n + 1);
        final double wanted = -Math.copySign(Math.min(shed, maxAcceleration * nextShare), nextVelocity);
        nextAcceleration = Math.max(nextAcceleration - jerkStep, Math.min(nextAcceleration + jerkStep, wanted));
        nextVelocity += nextAcceleration * step;
        nextPosition += nextVelocity * step;
    }
}
