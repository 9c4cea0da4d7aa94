package dev.continuo.hardware.franka;

import java.util.Arrays;
import java.util.Optional;

/** What a client can ask of a robot over TCP, and the numbers that this has in each version (franka-fci.md section 3). */
public enum FciCommand {
    /** Agrees on the version and says where states are to be sent. */
    CONNECT("Connect", 0, 0),
    /** Starts a motion; answered when it starts, and again when it ends. */
    MOVE("Move", 1, 1),
    /** Ends a motion. */
    STOP_MOVE("StopMove", 2, 2),
    /** Asks for a virtual wall. */
    GET_CARTESIAN_LIMIT("GetCartesianLimit", 3, FciCommand.ABSENT),
    /** Sets what counts as contact and as collision. */
    SET_COLLISION_BEHAVIOR("SetCollisionBehavior", 4, 3),
    /** Sets the stiffness of the joints. */
    SET_JOINT_IMPEDANCE("SetJointImpedance", 5, 4),
    /** Sets the stiffness of the end effector. */
    SET_CARTESIAN_IMPEDANCE("SetCartesianImpedance", 6, 5),
    /** Sets what can be moved by hand. */
    SET_GUIDING_MODE("SetGuidingMode", 7, 6),
    /** Sets the stiffness frame. */
    SET_EE_TO_K("SetEEToK", 8, 7),
    /** Sets the end effector's frame. */
    SET_NE_TO_EE("SetNEToEE", 9, 8),
    /** Sets the load. */
    SET_LOAD("SetLoad", 10, 9),
    /** Sets the cut-off frequencies of the robot's own filters. */
    SET_FILTERS("SetFilters", 11, FciCommand.ABSENT),
    /** Clears errors. */
    AUTOMATIC_ERROR_RECOVERY("AutomaticErrorRecovery", 12, 10),
    /** Fetches a native library of the robot's dynamics. */
    LOAD_MODEL_LIBRARY("LoadModelLibrary", 13, FciCommand.ABSENT),
    /** Fetches the robot's description in URDF. */
    GET_ROBOT_MODEL("GetRobotModel", FciCommand.ABSENT, 11);

    private static final int ABSENT = -1;

    private final String documentedName;
    private final int panda;
    private final int fr3;

    FciCommand(final String documentedName, final int panda, final int fr3) {
        this.documentedName = documentedName;
        this.panda = panda;
        this.fr3 = fr3;
    }

    /** The command of a number on the wire. */
    public static Optional<FciCommand> of(final FciVersion version, final int number) {
        return Arrays.stream(values()).filter(command -> command.in(version) && command.number(version) == number).findFirst();
    }

    /** The name in the vendor's documentation, for example {@code SetLoad}. */
    public String documentedName() {
        return documentedName;
    }

    /** Whether a version has it. */
    public boolean in(final FciVersion version) {
        return (version == FciVersion.PANDA ? panda : fr3) != ABSENT;
    }

    /**
     * The number on the wire.
     *
     * @throws IllegalArgumentException when the version does not have it
     */
    public int number(final FciVersion version) {
        if (!in(version)) {
            throw new IllegalArgumentException("FCI version " + version.number() + " has no " + documentedName);
        }
        return version == FciVersion.PANDA ? panda : fr3;
    }
}
