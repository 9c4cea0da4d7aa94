package dev.continuo.hardware.franka;

/**
 * The error flags of a robot, in the order of the wire (franka-fci.md section 4). People look for the documented names: these are shown.
 */
public enum FrankaError {
    /** Joint position limits violation. */
    JOINT_POSITION_LIMITS_VIOLATION("joint_position_limits_violation"),
    /** Cartesian position limits violation. */
    CARTESIAN_POSITION_LIMITS_VIOLATION("cartesian_position_limits_violation"),
    /** Self collision avoidance violation. */
    SELF_COLLISION_AVOIDANCE_VIOLATION("self_collision_avoidance_violation"),
    /** Joint velocity violation. */
    JOINT_VELOCITY_VIOLATION("joint_velocity_violation"),
    /** Cartesian velocity violation. */
    CARTESIAN_VELOCITY_VIOLATION("cartesian_velocity_violation"),
    /** Force control safety violation. */
    FORCE_CONTROL_SAFETY_VIOLATION("force_control_safety_violation"),
    /** An external joint torque is above the upper collision threshold. */
    JOINT_REFLEX("joint_reflex"),
    /** An external force is above the upper collision threshold. */
    CARTESIAN_REFLEX("cartesian_reflex"),
    /** Max goal pose deviation violation. */
    MAX_GOAL_POSE_DEVIATION_VIOLATION("max_goal_pose_deviation_violation"),
    /** Max path pose deviation violation. */
    MAX_PATH_POSE_DEVIATION_VIOLATION("max_path_pose_deviation_violation"),
    /** Cartesian velocity profile safety violation. */
    CARTESIAN_VELOCITY_PROFILE_SAFETY_VIOLATION("cartesian_velocity_profile_safety_violation"),
    /** The first commanded joint position is not the robot's. */
    JOINT_POSITION_MOTION_GENERATOR_START_POSE_INVALID("joint_position_motion_generator_start_pose_invalid"),
    /** Joint motion generator position limits violation. */
    JOINT_MOTION_GENERATOR_POSITION_LIMITS_VIOLATION("joint_motion_generator_position_limits_violation"),
    /** Joint motion generator velocity limits violation. */
    JOINT_MOTION_GENERATOR_VELOCITY_LIMITS_VIOLATION("joint_motion_generator_velocity_limits_violation"),
    /** The commanded joint acceleration is too high. */
    JOINT_MOTION_GENERATOR_VELOCITY_DISCONTINUITY("joint_motion_generator_velocity_discontinuity"),
    /** The commanded joint jerk is too high. */
    JOINT_MOTION_GENERATOR_ACCELERATION_DISCONTINUITY("joint_motion_generator_acceleration_discontinuity"),
    /** The first commanded pose is not the robot's. */
    CARTESIAN_POSITION_MOTION_GENERATOR_START_POSE_INVALID("cartesian_position_motion_generator_start_pose_invalid"),
    /** Cartesian motion generator elbow limit violation. */
    CARTESIAN_MOTION_GENERATOR_ELBOW_LIMIT_VIOLATION("cartesian_motion_generator_elbow_limit_violation"),
    /** Cartesian motion generator velocity limits violation. */
    CARTESIAN_MOTION_GENERATOR_VELOCITY_LIMITS_VIOLATION("cartesian_motion_generator_velocity_limits_violation"),
    /** The commanded Cartesian acceleration is too high. */
    CARTESIAN_MOTION_GENERATOR_VELOCITY_DISCONTINUITY("cartesian_motion_generator_velocity_discontinuity"),
    /** The commanded Cartesian jerk is too high. */
    CARTESIAN_MOTION_GENERATOR_ACCELERATION_DISCONTINUITY("cartesian_motion_generator_acceleration_discontinuity"),
    /** Cartesian motion generator elbow sign inconsistent. */
    CARTESIAN_MOTION_GENERATOR_ELBOW_SIGN_INCONSISTENT("cartesian_motion_generator_elbow_sign_inconsistent"),
    /** Cartesian motion generator start elbow invalid. */
    CARTESIAN_MOTION_GENERATOR_START_ELBOW_INVALID("cartesian_motion_generator_start_elbow_invalid"),
    /** Force controller desired force tolerance violation. */
    FORCE_CONTROLLER_DESIRED_FORCE_TOLERANCE_VIOLATION("force_controller_desired_force_tolerance_violation"),
    /** Start elbow sign inconsistent. */
    START_ELBOW_SIGN_INCONSISTENT("start_elbow_sign_inconsistent"),
    /** Twenty commands in a row were late or missing. */
    COMMUNICATION_CONSTRAINTS_VIOLATION("communication_constraints_violation"),
    /** Power limit violation. */
    POWER_LIMIT_VIOLATION("power_limit_violation"),
    /** Cartesian motion generator joint position limits violation. */
    CARTESIAN_MOTION_GENERATOR_JOINT_POSITION_LIMITS_VIOLATION("cartesian_motion_generator_joint_position_limits_violation"),
    /** Cartesian motion generator joint velocity limits violation. */
    CARTESIAN_MOTION_GENERATOR_JOINT_VELOCITY_LIMITS_VIOLATION("cartesian_motion_generator_joint_velocity_limits_violation"),
    /** A Cartesian command asks for too high a joint acceleration. */
    CARTESIAN_MOTION_GENERATOR_JOINT_VELOCITY_DISCONTINUITY("cartesian_motion_generator_joint_velocity_discontinuity"),
    /** A Cartesian command asks for too high a joint jerk. */
    CARTESIAN_MOTION_GENERATOR_JOINT_ACCELERATION_DISCONTINUITY("cartesian_motion_generator_joint_acceleration_discontinuity"),
    /** Cartesian position motion generator invalid frame flag. */
    CARTESIAN_POSITION_MOTION_GENERATOR_INVALID_FRAME_FLAG("cartesian_position_motion_generator_invalid_frame_flag"),
    /** Commanded torques change too fast. */
    CONTROLLER_TORQUE_DISCONTINUITY("controller_torque_discontinuity"),
    /** Joint point-to-point insufficient torque for planning. */
    JOINT_P2P_INSUFFICIENT_TORQUE_FOR_PLANNING("joint_p2p_insufficient_torque_for_planning"),
    /** Joint torque range violation. */
    TAU_J_RANGE_VIOLATION("tau_J_range_violation"),
    /** Instability detected. */
    INSTABILITY_DETECTED("instability_detected"),
    /** Joint move in wrong direction. */
    JOINT_MOVE_IN_WRONG_DIRECTION("joint_move_in_wrong_direction"),
    /** Cartesian spline motion generator violation. */
    CARTESIAN_SPLINE_MOTION_GENERATOR_VIOLATION("cartesian_spline_motion_generator_violation"),
    /** Joint via motion generator planning joint limit violation. */
    JOINT_VIA_MOTION_GENERATOR_PLANNING_JOINT_LIMIT_VIOLATION("joint_via_motion_generator_planning_joint_limit_violation"),
    /** Base acceleration initialization timeout. */
    BASE_ACCELERATION_INITIALIZATION_TIMEOUT("base_acceleration_initialization_timeout"),
    /** Base acceleration invalid reading. */
    BASE_ACCELERATION_INVALID_READING("base_acceleration_invalid_reading");

    /** How many there are, one byte each in a state. */
    static final int COUNT = values().length;

    private final String documentedName;

    FrankaError(final String documentedName) {
        this.documentedName = documentedName;
    }

    /** The name in the vendor's documentation, for example {@code joint_reflex}. */
    public String documentedName() {
        return documentedName;
    }
}
