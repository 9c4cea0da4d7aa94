package dev.continuo.hardware.franka;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A mutable flyweight over the datagram that answers a state while a motion runs (franka-fci.md section 6). The numbers of the motion generator that runs
 * count, and torques with an external controller; all others are zero. Nothing is allocated. For one thread.
 */
public final class RobotCommand {
    private static final int JOINTS = FrankaLimits.JOINTS;
    private static final int POSE = 16;
    private static final int TWIST = 6;
    private static final int POSITIONS = 8;
    private static final int VELOCITIES = 64;
    private static final int POSE_AT = 120;
    private static final int TWIST_AT = 248;
    private static final int ELBOW = 296;
    private static final int ELBOW_VALID = 312;
    private static final int MOTION_FINISHED = 313;
    private static final int TORQUES = 314;
    private static final int TORQUE_FINISHED = 370;

    private final FciVersion version;
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);

    /** A flyweight over commands of a version; {@link #wrap} first. */
    public RobotCommand(final FciVersion version) {
        this.version = version;
    }

    /** Length of a command of a version in bytes. */
    public static int bytes(final FciVersion version) {
        return version == FciVersion.PANDA ? TORQUE_FINISHED : TORQUE_FINISHED + 1;
    }

    /**
     * Looks at a datagram.
     *
     * @throws IllegalArgumentException when it is not as long as a command of the version
     */
    public RobotCommand wrap(final DirectBuffer datagram, final int offset, final int length) {
        if (length != bytes(version)) {
            throw new IllegalArgumentException(
                "a command of FCI version " + version.number() + " has " + bytes(version) + " bytes, this datagram " + length);
        }
        buffer.wrap(datagram, offset, length);
        return this;
    }

    /** Looks at a place where a command is to be written, and sets all of it to zero. */
    public RobotCommand clear(final MutableDirectBuffer place, final int offset) {
        wrap(place, offset, bytes(version));
        buffer.setMemory(0, bytes(version), (byte) 0);
        return this;
    }

    /** The counter of the state that is answered. */
    public long messageId() {
        return buffer.getLong(0, LITTLE_ENDIAN);
    }

    /** Sets the counter of the state that is answered. */
    public RobotCommand messageId(final long id) {
        buffer.putLong(0, id, LITTLE_ENDIAN);
        return this;
    }

    /** Copies the joint positions, rad. */
    public void positions(final double[] values) {
        read(POSITIONS, JOINTS, values);
    }

    /** Sets the joint positions, rad. */
    public RobotCommand putPositions(final double[] values) {
        return write(POSITIONS, JOINTS, values);
    }

    /** Copies the joint velocities, rad/s. */
    public void velocities(final double[] values) {
        read(VELOCITIES, JOINTS, values);
    }

    /** Sets the joint velocities, rad/s. */
    public RobotCommand putVelocities(final double[] values) {
        return write(VELOCITIES, JOINTS, values);
    }

    /** Copies the end effector's pose in the base frame, a 4×4 matrix column by column. */
    public void pose(final double[] values) {
        read(POSE_AT, POSE, values);
    }

    /** Sets the end effector's pose in the base frame, a 4×4 matrix column by column. */
    public RobotCommand putPose(final double[] values) {
        return write(POSE_AT, POSE, values);
    }

    /** Copies the end effector's twist in the base frame, m/s and rad/s. */
    public void twist(final double[] values) {
        read(TWIST_AT, TWIST, values);
    }

    /** Sets the end effector's twist in the base frame, m/s and rad/s. */
    public RobotCommand putTwist(final double[] values) {
        return write(TWIST_AT, TWIST, values);
    }

    /** Whether the command says where the elbow has to be. */
    public boolean hasElbow() {
        return buffer.getByte(ELBOW_VALID) != 0;
    }

    /** Angle of joint 3, rad. */
    public double elbowAngle() {
        return buffer.getDouble(ELBOW, LITTLE_ENDIAN);
    }

    /** On which side joint 4 bends: 1 or -1. */
    public double elbowSide() {
        return buffer.getDouble(ELBOW + Double.BYTES, LITTLE_ENDIAN);
    }

    /**
     * Sets where the elbow has to be.
     *
     * @param angle of joint 3, rad
     * @param side  on which joint 4 bends: 1 or -1
     */
    public RobotCommand putElbow(final double angle, final double side) {
        buffer.putDouble(ELBOW, angle, LITTLE_ENDIAN);
        buffer.putDouble(ELBOW + Double.BYTES, side, LITTLE_ENDIAN);
        buffer.putByte(ELBOW_VALID, (byte) 1);
        return this;
    }

    /** Copies the torques without gravity and friction, Nm. */
    public void torques(final double[] values) {
        read(TORQUES, JOINTS, values);
    }

    /** Sets the torques without gravity and friction, Nm. */
    public RobotCommand putTorques(final double[] values) {
        return write(TORQUES, JOINTS, values);
    }

    /** Whether the motion generator is to end with this command. */
    public boolean motionFinished() {
        return buffer.getByte(MOTION_FINISHED) != 0;
    }

    /** Ends the motion generator with this command. */
    public RobotCommand finishMotion() {
        buffer.putByte(MOTION_FINISHED, (byte) 1);
        return this;
    }

    /** Whether the control of torques is to end with this command; never in a version that cannot say so. */
    public boolean torqueFinished() {
        return version != FciVersion.PANDA && buffer.getByte(TORQUE_FINISHED) != 0;
    }

    /**
     * Ends the control of torques with this command.
     *
     * @throws IllegalStateException in a version that cannot say so: {@link #finishMotion} ends it there
     */
    public RobotCommand finishTorque() {
        if (version == FciVersion.PANDA) {
            throw new IllegalStateException("FCI version 5 ends the control of torques with its motion generator");
        }
        buffer.putByte(TORQUE_FINISHED, (byte) 1);
        return this;
    }

    private void read(final int offset, final int count, final double[] values) {
        for (int i = 0; i < count; i++) {
            values[i] = buffer.getDouble(offset + i * Double.BYTES, LITTLE_ENDIAN);
        }
    }

    private RobotCommand write(final int offset, final int count, final double[] values) {
        for (int i = 0; i < count; i++) {
            buffer.putDouble(offset + i * Double.BYTES, values[i], LITTLE_ENDIAN);
        }
        return this;
    }
}
