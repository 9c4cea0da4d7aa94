package dev.continuo.hardware.franka;

/**
 * The fields of a state, in the order of the wire (franka-fci.md section 5). Poses are 4×4 matrices, column by column; angles are in rad, torques in Nm,
 * forces in N, and frames are named as the vendor does: O base, F flange, NE nominal end effector, EE end effector, K stiffness.
 */
public enum StateField {
    /** The robot's millisecond counter, which is its clock. */
    MESSAGE_ID("message_id", Kind.COUNTER, 1),
    /** Measured pose of the end effector in the base frame. */
    O_T_EE("O_T_EE", Kind.REAL, 16),
    /** Desired pose of the end effector. */
    O_T_EE_D("O_T_EE_d", Kind.REAL, 16),
    /** The end effector in the flange's frame. */
    F_T_EE("F_T_EE", Kind.REAL, 16),
    /** The stiffness frame in the end effector's. */
    EE_T_K("EE_T_K", Kind.REAL, 16),
    /** The nominal end effector in the flange's frame. */
    F_T_NE("F_T_NE", Kind.REAL, 16),
    /** The end effector in the nominal one's frame. */
    NE_T_EE("NE_T_EE", Kind.REAL, 16),
    /** Mass of the end effector, kg. */
    M_EE("m_ee", Kind.REAL, 1),
    /** Inertia of the end effector, 3×3, kg·m². */
    I_EE("I_ee", Kind.REAL, 9),
    /** Centre of mass of the end effector in the flange's frame, m. */
    F_X_CEE("F_x_Cee", Kind.REAL, 3),
    /** Mass of the load, kg. */
    M_LOAD("m_load", Kind.REAL, 1),
    /** Inertia of the load, 3×3, kg·m². */
    I_LOAD("I_load", Kind.REAL, 9),
    /** Centre of mass of the load in the flange's frame, m. */
    F_X_CLOAD("F_x_Cload", Kind.REAL, 3),
    /** Angle of joint 3, and on which side joint 4 bends (1 or -1). */
    ELBOW("elbow", Kind.REAL, 2),
    /** Desired elbow. */
    ELBOW_D("elbow_d", Kind.REAL, 2),
    /** Measured joint torques. */
    TAU_J("tau_J", Kind.REAL, 7),
    /** Torques commanded last, without gravity. */
    TAU_J_D("tau_J_d", Kind.REAL, 7),
    /** Derivative of the measured torques, Nm/s. */
    DTAU_J("dtau_J", Kind.REAL, 7),
    /** Measured joint positions. */
    Q("q", Kind.REAL, 7),
    /** Desired joint positions: those of the last command that was accepted. */
    Q_D("q_d", Kind.REAL, 7),
    /** Measured joint velocities. */
    DQ("dq", Kind.REAL, 7),
    /** Desired joint velocities. */
    DQ_D("dq_d", Kind.REAL, 7),
    /** Desired joint accelerations. */
    DDQ_D("ddq_d", Kind.REAL, 7),
    /** Contact level of each joint. */
    JOINT_CONTACT("joint_contact", Kind.REAL, 7),
    /** Contact level along and about x, y, z. */
    CARTESIAN_CONTACT("cartesian_contact", Kind.REAL, 6),
    /** Collision of each joint, until error recovery. */
    JOINT_COLLISION("joint_collision", Kind.REAL, 7),
    /** Collision along and about x, y, z, until error recovery. */
    CARTESIAN_COLLISION("cartesian_collision", Kind.REAL, 6),
    /** Estimated external torques. */
    TAU_EXT_HAT_FILTERED("tau_ext_hat_filtered", Kind.REAL, 7),
    /** External wrench at the stiffness frame, in the base frame. */
    O_F_EXT_HAT_K("O_F_ext_hat_K", Kind.REAL, 6),
    /** External wrench at and in the stiffness frame. */
    K_F_EXT_HAT_K("K_F_ext_hat_K", Kind.REAL, 6),
    /** Desired twist of the end effector. */
    O_DP_EE_D("O_dP_EE_d", Kind.REAL, 6),
    /** Acceleration of the base, m/s². */
    O_DDP_O("O_ddP_O", Kind.REAL, 3),
    /** Elbow commanded last. */
    ELBOW_C("elbow_c", Kind.REAL, 2),
    /** Velocity of the elbow commanded last. */
    DELBOW_C("delbow_c", Kind.REAL, 2),
    /** Acceleration of the elbow commanded last. */
    DDELBOW_C("ddelbow_c", Kind.REAL, 2),
    /** Pose commanded last. */
    O_T_EE_C("O_T_EE_c", Kind.REAL, 16),
    /** Twist commanded last. */
    O_DP_EE_C("O_dP_EE_c", Kind.REAL, 6),
    /** Acceleration of the end effector commanded last. */
    O_DDP_EE_C("O_ddP_EE_c", Kind.REAL, 6),
    /** Motor positions. */
    THETA("theta", Kind.REAL, 7),
    /** Motor velocities. */
    DTHETA("dtheta", Kind.REAL, 7),
    /** Upper accelerometers of six joints, m/s²; {@link FciVersion#FR3} alone. */
    ACCELEROMETER_TOP("accelerometer_top", Kind.ADDED_REAL, 18),
    /** Lower accelerometers of six joints, m/s²; {@link FciVersion#FR3} alone. */
    ACCELEROMETER_BOTTOM("accelerometer_bottom", Kind.ADDED_REAL, 18),
    /** {@link MotionGenerator}, 0 for none running, else its ordinal and 1. */
    MOTION_GENERATOR_MODE("motion_generator_mode", Kind.BYTE, 1),
    /** {@link ControllerMode}. */
    CONTROLLER_MODE("controller_mode", Kind.BYTE, 1),
    /** {@link FrankaError}s that there are. */
    ERRORS("errors", Kind.BYTE, FrankaError.COUNT),
    /** {@link FrankaError}s that ended the last motion. */
    REFLEX_REASON("reflex_reason", Kind.BYTE, FrankaError.COUNT),
    /** {@link RobotMode}. */
    ROBOT_MODE("robot_mode", Kind.BYTE, 1),
    /** Share of the last hundred commands that came in time, 0 when no motion runs. */
    CONTROL_COMMAND_SUCCESS_RATE("control_command_success_rate", Kind.REAL, 1);

    /** How a value lies on the wire. */
    enum Kind {
        /** 64 bits, unsigned. */
        COUNTER,
        /** A floating-point number as wide as the version has them. */
        REAL,
        /** The same, where the version has the field at all. */
        ADDED_REAL,
        /** 8 bits, unsigned. */
        BYTE;

        int bytes(final FciVersion version) {
            return switch (this) {
                case COUNTER -> Long.BYTES;
                case REAL -> version.singlePrecisionState() ? Float.BYTES : Double.BYTES;
                case ADDED_REAL -> version == FciVersion.FR3 ? Float.BYTES : 0;
                case BYTE -> 1;
            };
        }
    }

    private final String documentedName;
    private final Kind kind;
    private final int count;

    StateField(final String documentedName, final Kind kind, final int count) {
        this.documentedName = documentedName;
        this.kind = kind;
        this.count = count;
    }

    /** The name in the vendor's documentation, for example {@code tau_J_d}. */
    public String documentedName() {
        return documentedName;
    }

    /** How many values it has. */
    public int count() {
        return count;
    }

    /** Whether states of a version have it. */
    public boolean in(final FciVersion version) {
        return kind.bytes(version) > 0;
    }

    Kind kind() {
        return kind;
    }
}
