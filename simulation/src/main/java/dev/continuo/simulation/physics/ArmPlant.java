package dev.continuo.simulation.physics;

import static dev.continuo.simulation.physics.ArmModel.JOINTS;

/**
 * One arm as its motors feel it: full rigid-body dynamics, rotors, friction, mechanical stops, and the gripper.
 *
 * <p>A step is semi-implicit: torques that depend on position and speed (drives, friction, stops) are taken at the end of the step, by
 * adding their slope to the diagonal of the inertia matrix. So any gain is stable at 1 kHz, as it is on a drive that runs at 20 kHz.
 * Allocates nothing after construction; one thread.
 */
public final class ArmPlant {
    /** Six joints and the gripper. */
    public static final int AXES = JOINTS + 1;
    private static final double STOP_STIFFNESS = 500.0;
    private static final double STOP_DAMPING = 5.0;
    private static final double STICTION_SPEED = 0.02;
    /** The torque beyond a joint's weight with which a motor pulls the arm off its stand, Nm. */
    public static final double STAND_PULL = 2.0;
    /** The torque that a motor may lack of a joint's weight when the arm leaves its stand, Nm. */
    public static final double STAND_TOLERANCE = 0.3;

    /** Below it the links stand still or only turn. */
    private static final int FIRST_FALLING_LINK = 2;
    /** Less than the clearance that the safety envelope keeps: an arm that is commanded never lies on the table. */
    private static final double LINK_RADIUS = 0.025;
    private static final double TABLE_STIFFNESS = 2e4;
    private static final double TABLE_DAMPING = 200;

    private final ArmModel model;
    private final ArmDynamics dynamics;
    private final GripperPlant gripper;
    private final AxisDrive[] drives = new AxisDrive[AXES];
    private final double[] q = new double[JOINTS];
    private final double[] qd = new double[JOINTS];
    private final double[] qdd = new double[JOINTS];
    private final double[] torque = new double[JOINTS];
    private final double[] diagonal = new double[JOINTS];
    private final double[] implicit = new double[JOINTS];
    private final double[] motorTorque = new double[JOINTS];
    private final double[] contactForce = new double[3];
    private final double[] contactPoint = new double[3];
    private final double[] gravity = new double[JOINTS];
    private boolean inContact;
    private boolean onStand;

    /** An arm of the given type with all joints at 0 and the gripper open. */
    public ArmPlant(final ArmModel model) {
        this.model = model;
        dynamics = new ArmDynamics(model);
        gripper = new GripperPlant(model.peakTorque(JOINTS));
        for (int i = 0; i < JOINTS; i++) {
            drives[i] = new AxisDrive();
        }
        drives[JOINTS] = gripper.drive;
        dynamics.update(q);
    }

    /** Puts the arm somewhere, at rest and limp: six angles in radians and the opening in metres, from {@code offset} on. */
    public void reset(final double[] axes, final int offset) {
        for (int i = 0; i < JOINTS; i++) {
            q[i] = axes[offset + i];
            qd[i] = 0;
            motorTorque[i] = 0;
            drives[i].release();
        }
        gripper.reset(axes[offset + JOINTS]);
        dynamics.update(q);
        inContact = false;
        onStand = false;
    }

    /**
     * Lays the arm on a stand in its present pose: it stays there until its motors carry its weight to within
     * {@link #STAND_TOLERANCE}, or one of them pulls with {@link #STAND_PULL} more than that. So an arm can be connected and armed
     * without falling first, as one does with a real one.
     */
    public void layOnStand() {
        onStand = true;
    }

    /** Whether the arm still lies on its stand. */
    public boolean isOnStand() {
        return onStand;
    }

    /** The set-point of an axis; that of axis 6 is in radians of the gripper's motor. */
    public AxisDrive drive(final int axis) {
        return drives[axis];
    }

    /** The gripper. */
    public GripperPlant gripper() {
        return gripper;
    }

    /** The frames of the links, in the base frame, as of the last step. */
    public ArmDynamics dynamics() {
        return dynamics;
    }

    /** The arm's type. */
    public ArmModel model() {
        return model;
    }

    /** Sets the outer force on the hand for the next steps, in the base frame; all zero for none. */
    public void contact(final double fx, final double fy, final double fz, final double x, final double y, final double z) {
        contactForce[0] = fx;
        contactForce[1] = fy;
        contactForce[2] = fz;
        contactPoint[0] = x;
        contactPoint[1] = y;
        contactPoint[2] = z;
        inContact = fx != 0 || fy != 0 || fz != 0;
    }

    /** One step of {@code step} seconds. */
    public void step(final double step) {
        if (onStand && !leavesStand()) {
            gripper.step(step);
            return;
        }
        onStand = false;
        for (int i = 0; i < JOINTS; i++) {
            final double asked = drives[i].torqueAt(q[i], qd[i], step);
            final double peak = model.peakTorque(i);
            final boolean saturated = Math.abs(asked) > peak;
            motorTorque[i] = saturated ? Math.copySign(peak, asked) : asked;
            implicit[i] = saturated ? 0 : drives[i].implicitInertia(step);
            final double friction = model.viscousFriction(i) + model.coulombFriction(i) / (Math.abs(qd[i]) + STICTION_SPEED);
            torque[i] = motorTorque[i] - friction * qd[i];
            diagonal[i] = model.armature(i) + implicit[i] + friction * step;
            final double beyond = Math.min(0, q[i] - model.stopMinimum(i)) + Math.max(0, q[i] - model.stopMaximum(i));
            if (beyond != 0) {
                torque[i] -= STOP_STIFFNESS * (beyond + step * qd[i]) + STOP_DAMPING * qd[i];
                diagonal[i] += (STOP_STIFFNESS * step + STOP_DAMPING) * step;
            }
        }
        for (int link = FIRST_FALLING_LINK; link < JOINTS; link++) {
            layOnTable(link, step);
        }
        dynamics.accelerate(qd, torque, diagonal, inContact ? contactForce : null, contactPoint, qdd);
        for (int i = 0; i < JOINTS; i++) {
            motorTorque[i] -= implicit[i] * qdd[i];
            qd[i] += qdd[i] * step;
            q[i] += qd[i] * step;
        }
        gripper.step(step);
        dynamics.update(q);
    }

    /** The table bears what sinks onto it: an arm whose motors let go does not fall through. */
    private void layOnTable(final int link, final double step) {
        final double[] at = dynamics.origin(link);
        final double depth = LINK_RADIUS - at[2];
        if (depth <= 0) {
            return;
        }
        double speed = 0;
        for (int joint = 0; joint < link; joint++) {
            speed += lift(joint, at) * qd[joint];
        }
        final double force = Math.max(0, TABLE_STIFFNESS * (depth - step * speed) - TABLE_DAMPING * speed);
        for (int joint = 0; force > 0 && joint < link; joint++) {
            final double lift = lift(joint, at);
            torque[joint] += lift * force;
            diagonal[joint] += (TABLE_STIFFNESS * step + TABLE_DAMPING) * step * lift * lift;
        }
    }

    /** How fast a point rises when a joint turns, metres per radian. */
    private double lift(final int joint, final double[] at) {
        final double[] axis = dynamics.axis(joint);
        final double[] from = dynamics.origin(joint);
        return axis[0] * (at[1] - from[1]) - axis[1] * (at[0] - from[0]);
    }

    /** Whether the motors hold the arm's weight, or one of them pulls it off its stand. */
    private boolean leavesStand() {
        dynamics.gravity(gravity);
        boolean carried = true;
        boolean pulled = false;
        for (int i = 0; i < JOINTS; i++) {
            motorTorque[i] = Math.clamp(drives[i].torqueAt(q[i], 0, 0), -model.peakTorque(i), model.peakTorque(i));
            carried &= Math.abs(motorTorque[i] - gravity[i]) < STAND_TOLERANCE;
            pulled |= Math.abs(motorTorque[i]) > Math.abs(gravity[i]) + STAND_PULL;
        }
        return carried || pulled;
    }

    /** The angle of an axis' motor at its output, radians; the gripper's too. */
    public double angle(final int axis) {
        return axis < JOINTS ? q[axis] : gripper.angle();
    }

    /** The speed of an axis' motor at its output, rad/s. */
    public double speed(final int axis) {
        return axis < JOINTS ? qd[axis] : gripper.speed();
    }

    /** The torque that an axis' motor makes at its output, Nm. */
    public double motorTorque(final int axis) {
        return axis < JOINTS ? motorTorque[axis] : gripper.motorTorque();
    }
}
