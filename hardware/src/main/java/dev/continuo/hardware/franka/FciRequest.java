package dev.continuo.hardware.franka;

import java.util.Arrays;
import java.util.Optional;

/**
 * The requests of a client, with their values as the vendor documents them (franka-fci.md section 3). Arrays in them are not to be changed.
 * {@link FciRequestCodec} writes and reads them.
 */
public sealed interface FciRequest {
    /** Which command it is. */
    FciCommand command();

    /**
     * The first request on a connection.
     *
     * @param version number of the client's version
     * @param udpPort where states are to be sent
     */
    record Connect(int version, int udpPort) implements FciRequest {
        @Override
        public FciCommand command() {
            return FciCommand.CONNECT;
        }
    }

    /**
     * How far a motion may lead away before the robot ends it.
     *
     * @param translation m
     * @param rotation    rad
     * @param elbow       rad
     */
    record Deviation(double translation, double rotation, double elbow) {
        /** What libfranka always sends: more than there is room for. */
        public static final Deviation ANY = new Deviation(10, 3.12, 2 * Math.PI);
    }

    /**
     * Starts a motion.
     *
     * @param controller        who controls the torques; not {@link ControllerMode#OTHER}
     * @param generator         what set-points mean
     * @param path              greatest deviation on the way
     * @param goal              greatest deviation at the end
     * @param maximumVelocities of the seven joints, rad/s, for targets that come now and then and that the robot plans to by itself; nothing for
     *                          a set-point in each millisecond. Not known to {@link FciVersion#PANDA}
     */
    record Move(ControllerMode controller, MotionGenerator generator, Deviation path, Deviation goal, Optional<double[]> maximumVelocities)
        implements FciRequest {
        /** A motion with a set-point in each millisecond, which may lead anywhere. */
        public Move(final ControllerMode controller, final MotionGenerator generator) {
            this(controller, generator, Deviation.ANY, Deviation.ANY, Optional.empty());
        }

        @Override
        public FciCommand command() {
            return FciCommand.MOVE;
        }
    }

    /**
     * A request that has nothing to say beside its name.
     *
     * @param command which it is: StopMove, AutomaticErrorRecovery or GetRobotModel
     */
    record Plain(FciCommand command) implements FciRequest {
    }

    /**
     * Asks for a virtual wall.
     *
     * @param id which one
     */
    record GetCartesianLimit(int id) implements FciRequest {
        @Override
        public FciCommand command() {
            return FciCommand.GET_CARTESIAN_LIMIT;
        }
    }

    /**
     * Fetches the native library of the dynamics.
     *
     * @param architecture 0 x64, 1 x86, 2 ARM, 3 ARM64
     * @param system       0 Linux, 1 Windows
     */
    record LoadModelLibrary(int architecture, int system) implements FciRequest {
        @Override
        public FciCommand command() {
            return FciCommand.LOAD_MODEL_LIBRARY;
        }
    }

    /**
     * Sets what can be moved by hand.
     *
     * @param unlocked x, y, z, roll, pitch, yaw and the elbow
     */
    record SetGuidingMode(boolean[] unlocked) implements FciRequest {
        /** Axes and the elbow. */
        public static final int COUNT = 7;

        @Override
        public FciCommand command() {
            return FciCommand.SET_GUIDING_MODE;
        }
    }

    /**
     * A request that sets numbers.
     *
     * @param command which it is
     * @param values  as many as {@link #count} says, in the order of the wire: SetCollisionBehavior 7 lower and 7 upper torques during
     *                acceleration, the same at constant velocity, then 6 lower and 6 upper forces, and again; SetJointImpedance 7 in Nm/rad;
     *                SetCartesianImpedance 3 in N/m and 3 in Nm/rad; SetEEToK and SetNEToEE 4×4 column by column; SetLoad the mass in kg, its centre
     *                in the flange's frame in m, and its inertia 3×3 in kg·m²; SetFilters 5 cut-offs in Hz
     */
    record SetNumbers(FciCommand command, double[] values) implements FciRequest {
        /**
         * Checks the values.
         *
         * @throws IllegalArgumentException when there are too many or too few, or one is not finite
         */
        public SetNumbers {
            if (values.length != count(command)) {
                throw new IllegalArgumentException(command.documentedName() + " takes " + count(command) + " numbers, not " + values.length);
            }
            for (int i = 0; i < values.length; i++) {
                if (!Double.isFinite(values[i])) {
                    throw new IllegalArgumentException(command.documentedName() + ": number " + i + " is " + values[i]);
                }
            }
        }

        /**
         * What the robot takes for a collision, the same for all joints and axes, however it moves.
         *
         * @param torque Nm on a joint
         * @param force  N along an axis of the hand, or Nm about it
         */
        public static SetNumbers collisionBehavior(final double torque, final double force) {
            final double[] values = new double[count(FciCommand.SET_COLLISION_BEHAVIOR)];
            Arrays.fill(values, force);
            Arrays.fill(values, 0, 4 * FrankaLimits.JOINTS, torque);
            return new SetNumbers(FciCommand.SET_COLLISION_BEHAVIOR, values);
        }

        /**
         * How many numbers a command sets.
         *
         * @throws IllegalArgumentException when it sets none
         */
        public static int count(final FciCommand command) {
            return switch (command) {
                case SET_COLLISION_BEHAVIOR -> 4 * 7 + 4 * 6;
                case SET_JOINT_IMPEDANCE -> 7;
                case SET_CARTESIAN_IMPEDANCE -> 6;
                case SET_EE_TO_K, SET_NE_TO_EE -> 16;
                case SET_LOAD -> 1 + 3 + 9;
                case SET_FILTERS -> 5;
                case CONNECT, MOVE, STOP_MOVE, GET_CARTESIAN_LIMIT, SET_GUIDING_MODE, AUTOMATIC_ERROR_RECOVERY, LOAD_MODEL_LIBRARY,
                    GET_ROBOT_MODEL -> throw new IllegalArgumentException(command.documentedName() + " sets no numbers");
            };
        }
    }
}
