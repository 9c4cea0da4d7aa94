package dev.continuo.proving.fault;

import java.util.Locale;

/** What can be made to go wrong in a simulated run. */
public enum FaultKind {
    /** Messages of a stream are lost, each with the amount as its probability. */
    BUS_DROP(Target.STREAM),
    /** Messages of a stream arrive twice, each with the amount as its probability. */
    BUS_DUPLICATE(Target.STREAM),
    /** Messages of a stream arrive later by the amount, in seconds. */
    BUS_DELAY(Target.STREAM),
    /** Messages of a stream arrive later by up to the amount, in seconds: some overtake others. */
    BUS_REORDER(Target.STREAM),
    /** Messages of a stream arrive with bits inverted, each with the amount as its probability. */
    BUS_CORRUPT(Target.STREAM),
    /** Nothing gets from the brain to control or back. */
    PARTITION(Target.NOTHING),
    /** All agents of a process stand still. */
    PROCESS_PAUSE(Target.PROCESS),
    /** Each step of a process's agents comes late by up to the amount, in seconds. */
    PROCESS_JITTER(Target.PROCESS),
    /** The brain's process ends from one instruction to the next. */
    PROCESS_KILL(Target.NOTHING),
    /** An agent does not return from its work. */
    AGENT_HANG(Target.AGENT),
    /** An agent throws at its next step. */
    AGENT_THROW(Target.AGENT),
    /** The policy computes no numbers. */
    POLICY_NAN(Target.NOTHING),
    /** The policy computes infinite numbers. */
    POLICY_INFINITE(Target.NOTHING),
    /** The policy computes what it computed before. */
    POLICY_FROZEN(Target.NOTHING),
    /** The policy computes numbers of any size. */
    POLICY_OVERSIZED(Target.NOTHING),
    /** The policy jumps from row to row between anything that the limits allow and somewhat beyond. */
    POLICY_JUMPING(Target.NOTHING),
    /** The policy gives no chunk. */
    POLICY_REFUSES(Target.NOTHING),
    /** The policy throws. */
    POLICY_THROWS(Target.NOTHING),
    /** The camera repeats its picture. */
    CAMERA_FROZEN(Target.NOTHING),
    /** The camera cannot be reached. */
    CAMERA_GONE(Target.NOTHING),
    /** An arm's bus is silent. */
    CAN_DEAD(Target.ARM),
    /** An arm's bus carries frames that nobody asked for. */
    CAN_GARBAGE(Target.ARM),
    /** An arm's adapter leaves its bus. */
    CAN_OFF(Target.ARM),
    /** A motor neither hears nor answers. */
    MOTOR_SILENT(Target.MOTOR),
    /** A motor answers later by the amount, in seconds. */
    MOTOR_LATE(Target.MOTOR),
    /** A motor answers twice. */
    MOTOR_DUPLICATED(Target.MOTOR),
    /** A reply of a motor arrives with a bit inverted. */
    MOTOR_BIT_FLIP(Target.MOTOR),
    /** Somebody presses the emergency stop, and releases it at the end. */
    EMERGENCY_STOP(Target.NOTHING),
    /** Somebody asks for something else. */
    INSTRUCTION(Target.NOTHING),
    /** Somebody has the arms park, and starts them at the end. */
    PARK(Target.NOTHING);

    /** What a fault strikes. */
    public enum Target {
        /** There is only one. */
        NOTHING,
        /** A stream of the bus. */
        STREAM,
        /** {@code control} or {@code brain}. */
        PROCESS,
        /** An agent by its role name. */
        AGENT,
        /** An arm by its index. */
        ARM,
        /** A motor: the arm's index and its CAN identifier, {@code 0.3}. */
        MOTOR
    }

    private final Target target;

    FaultKind(final Target target) {
        this.target = target;
    }

    /** What it strikes. */
    public Target target() {
        return target;
    }

    /** As it is written in scripts: {@code bus-drop}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
