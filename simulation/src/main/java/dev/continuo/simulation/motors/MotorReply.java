package dev.continuo.simulation.motors;

/** A frame that a motor wants to send: a mutable flyweight. */
public final class MotorReply {
    /** 11-bit identifier. */
    public int id;
    /** Up to eight bytes, D0 most significant. */
    public long data;
    /** Bytes used. */
    public int length;

    /** Sets all of it; returns true, as a motor's answer to whether it replies. */
    boolean set(final int newId, final long newData, final int newLength) {
        id = newId;
        data = newData;
        length = newLength;
        return true;
    }
}
