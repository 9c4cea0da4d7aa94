package dev.continuo.hardware.arx;

/**
 * What happened on an arm's bus since the start. Plain fields, written by the arm's thread; another thread that reads them sees
 * them late, which is good enough for a display.
 */
public final class ArxCounters {
    long unknownFrames;
    long malformedFrames;
    long errorFrames;
    long rejectedCommands;
    long selfDampedCycles;
    long lateRegisterReplies;

    ArxCounters() {
    }

    /** Frames that no motor of this arm sends. */
    public long unknownFrames() {
        return unknownFrames;
    }

    /** Frames on a motor's identifier that its protocol does not know, or of the wrong length. */
    public long malformedFrames() {
        return malformedFrames;
    }

    /** Error frames of the CAN controller. */
    public long errorFrames() {
        return errorFrames;
    }

    /** Commands that were not followed: not finite, or far from the pose held when arming ended. */
    public long rejectedCommands() {
        return rejectedCommands;
    }

    /** Cycles that the driver damped by itself because neither a command nor damping was asked for. */
    public long selfDampedCycles() {
        return selfDampedCycles;
    }

    /** Register replies that came after their time-out. */
    public long lateRegisterReplies() {
        return lateRegisterReplies;
    }
}
