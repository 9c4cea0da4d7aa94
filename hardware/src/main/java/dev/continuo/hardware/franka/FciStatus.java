package dev.continuo.hardware.franka;

import static dev.continuo.hardware.franka.FciVersion.PANDA;

import java.util.List;
import java.util.Optional;

/**
 * How a robot answers a command. The numbers on the wire depend on command and version (franka-fci.md section 3): a number above 1 without its
 * command says nothing.
 */
public enum FciStatus {
    /** Done; for a motion: it has ended as it should. */
    SUCCESS("success"),
    /** A motion has started; another answer follows when it ends. */
    MOTION_STARTED("motion started"),
    /** A motion was ended by another command. */
    PREEMPTED("preempted"),
    /** A motion was ended by a safety function. */
    PREEMPTED_BY_SAFETY_FUNCTION("preempted: a safety function was activated"),
    /** A safety function does not allow it. */
    REJECTED_BY_SAFETY_FUNCTION("rejected: a safety function is active"),
    /** Not in this mode of the robot. */
    NOT_POSSIBLE("not possible in the robot's current mode"),
    /** A Cartesian motion cannot start here. */
    SINGULAR_START("rejected: the arm is in a singular pose"),
    /** A value is out of its range. */
    INVALID_ARGUMENT("invalid argument"),
    /** A reflex ended it. */
    REFLEX_ABORTED("aborted by a reflex"),
    /** The user-stop ended it. */
    EMERGENCY_ABORTED("aborted: the user-stop is pressed"),
    /** A set-point ended it. */
    INPUT_ERROR_ABORTED("aborted: an input was wrong"),
    /** Ended for another reason. */
    ABORTED("aborted"),
    /** Somebody has to recover the robot by hand. */
    MANUAL_RECOVERY_REQUIRED("the error has to be recovered by hand, in the robot's web interface"),
    /** The robot speaks another version. */
    INCOMPATIBLE_VERSION("incompatible version"),
    /** It failed. */
    FAILED("failed");

    private static final List<FciStatus> CONNECT = List.of(SUCCESS, INCOMPATIBLE_VERSION);
    private static final List<FciStatus> MOVE_PANDA = List.of(SUCCESS, MOTION_STARTED, PREEMPTED, NOT_POSSIBLE, SINGULAR_START, INVALID_ARGUMENT,
        REFLEX_ABORTED, EMERGENCY_ABORTED, INPUT_ERROR_ABORTED, ABORTED);
    private static final List<FciStatus> MOVE_FR3 = List.of(SUCCESS, MOTION_STARTED, PREEMPTED, PREEMPTED_BY_SAFETY_FUNCTION,
        REJECTED_BY_SAFETY_FUNCTION, NOT_POSSIBLE, SINGULAR_START, INVALID_ARGUMENT, REFLEX_ABORTED, EMERGENCY_ABORTED, INPUT_ERROR_ABORTED, ABORTED);
    private static final List<FciStatus> STOP_PANDA = List.of(SUCCESS, NOT_POSSIBLE, EMERGENCY_ABORTED, REFLEX_ABORTED, ABORTED);
    private static final List<FciStatus> STOP_FR3 =
        List.of(SUCCESS, NOT_POSSIBLE, REJECTED_BY_SAFETY_FUNCTION, EMERGENCY_ABORTED, REFLEX_ABORTED, ABORTED);
    private static final List<FciStatus> RECOVERY_PANDA =
        List.of(SUCCESS, NOT_POSSIBLE, MANUAL_RECOVERY_REQUIRED, REFLEX_ABORTED, EMERGENCY_ABORTED, ABORTED);
    private static final List<FciStatus> RECOVERY_FR3 = List.of(
        SUCCESS, NOT_POSSIBLE, REJECTED_BY_SAFETY_FUNCTION, MANUAL_RECOVERY_REQUIRED, REFLEX_ABORTED, EMERGENCY_ABORTED, ABORTED);
    private static final List<FciStatus> LIBRARY = List.of(SUCCESS, FAILED);
    private static final List<FciStatus> MODEL = List.of(SUCCESS, NOT_POSSIBLE, REJECTED_BY_SAFETY_FUNCTION);
    private static final List<FciStatus> SETTER_PANDA = List.of(SUCCESS, NOT_POSSIBLE, INVALID_ARGUMENT);
    private static final List<FciStatus> SETTER_FR3 = List.of(SUCCESS, NOT_POSSIBLE, INVALID_ARGUMENT, REJECTED_BY_SAFETY_FUNCTION);

    private final String text;

    FciStatus(final String text) {
        this.text = text;
    }

    /** What a number means in the answer to a command; nothing when the protocol does not name it, which robots in the field do send. */
    public static Optional<FciStatus> of(final FciCommand command, final FciVersion version, final int number) {
        final List<FciStatus> statuses = statuses(command, version);
        return number >= 0 && number < statuses.size() ? Optional.of(statuses.get(number)) : Optional.empty();
    }

    /**
     * The number of this status in the answer to a command.
     *
     * @throws IllegalArgumentException when the command is never answered like this
     */
    public int number(final FciCommand command, final FciVersion version) {
        final int number = statuses(command, version).indexOf(this);
        if (number < 0) {
            throw new IllegalArgumentException(
                command.documentedName() + " of FCI version " + version.number() + " is never answered with \"" + text + '"');
        }
        return number;
    }

    /** What it means, for people. */
    public String text() {
        return text;
    }

    private static List<FciStatus> statuses(final FciCommand command, final FciVersion version) {
        return switch (command) {
            case CONNECT -> CONNECT;
            case MOVE -> version == PANDA ? MOVE_PANDA : MOVE_FR3;
            case STOP_MOVE -> version == PANDA ? STOP_PANDA : STOP_FR3;
            case AUTOMATIC_ERROR_RECOVERY -> version == PANDA ? RECOVERY_PANDA : RECOVERY_FR3;
            case LOAD_MODEL_LIBRARY -> LIBRARY;
            case GET_ROBOT_MODEL -> MODEL;
            case GET_CARTESIAN_LIMIT, SET_COLLISION_BEHAVIOR, SET_JOINT_IMPEDANCE, SET_CARTESIAN_IMPEDANCE, SET_GUIDING_MODE, SET_EE_TO_K,
                SET_NE_TO_EE, SET_LOAD, SET_FILTERS -> version == PANDA ? SETTER_PANDA : SETTER_FR3;
        };
    }
}
