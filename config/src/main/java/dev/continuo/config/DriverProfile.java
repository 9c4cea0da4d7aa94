package dev.continuo.config;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Which arm it is, and how it is reached. */
public sealed interface DriverProfile {
    /** The types that need no plugin. */
    List<String> BUILT_IN = List.of("x5", "l5", "r5", "fr3", "panda");

    /** The arm's type as profiles name it, for example {@code r5}. */
    String model();

    /** The joints and the opening of the gripper. */
    int axisCount();

    /**
     * An ARX arm, whose motors hang on a CAN bus.
     *
     * @param model             {@code x5}, {@code l5} or {@code r5}
     * @param transport         how CAN frames reach its motors
     * @param motorTimeoutNanos the time after which the motors go limp by themselves without commands; 0 leaves their setting alone
     */
    record Arx(String model, TransportProfile transport, long motorTimeoutNanos) implements DriverProfile {
        /** Six joints and the gripper. */
        public static final int AXES = 7;

        @Override
        public int axisCount() {
            return AXES;
        }
    }

    /**
     * A Franka arm, which is a server of the Franka Control Interface in the network.
     *
     * @param model        {@code fr3} or {@code panda}
     * @param host         the robot's name or address
     * @param port         of the arm's commands
     * @param handPort     of its hand, if it has one
     * @param cutOffHertz  of the low-pass filter on what is commanded
     * @param collision    from which contact on it stops; nothing for whatever it was told last
     */
    record Franka(String model, String host, int port, OptionalInt handPort, double cutOffHertz, Optional<Collision> collision) implements DriverProfile {
        /**
         * What a robot takes for a collision.
         *
         * @param torque from outside, on any joint, Nm
         * @param force  from outside, on the hand along any axis, N, or as many Nm about it
         */
        public record Collision(double torque, double force) {
        }

        /** Seven joints and the opening of the hand. */
        public static final int AXES = 8;
        /** The robot asks for a command so often. */
        public static final int RATE_HZ = 1000;
        /** What libfranka filters with unless it is told otherwise. */
        public static final double CUT_OFF_HERTZ = 100;
        /** Where a robot listens unless it is told otherwise. */
        public static final int PORT = 1337;
        /** Where its hand does. */
        public static final int HAND_PORT = 1338;

        @Override
        public int axisCount() {
            return AXES;
        }
    }

    /**
     * An arm that a plugin brings.
     *
     * @param model     the type that the plugin calls itself
     * @param axisCount the joints and the gripper, as many as the profile's limits have values
     * @param settings  what only the plugin knows, for example the arm's address
     */
    record Plugin(String model, int axisCount, PluginSettings settings) implements DriverProfile {
        /** A joint and the gripper. */
        public static final int LEAST_AXES = 2;
    }
}
