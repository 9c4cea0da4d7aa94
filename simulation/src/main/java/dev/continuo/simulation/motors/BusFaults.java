package dev.continuo.simulation.motors;

/**
 * What can be made to go wrong on one bus; everything is off at first. Motors are named by their CAN identifier. Faults that a motor
 * reports itself are injected with {@link SimulatedMotor#fail}.
 */
public final class BusFaults {
    private static final int IDS = 16;

    private final boolean[] silent = new boolean[IDS];
    private final boolean[] duplicated = new boolean[IDS];
    private final long[] lateNanos = new long[IDS];
    private final long[] flipOnce = new long[IDS];
    private boolean dead;
    private int garbageFrames;

    /** A motor that neither hears nor answers: its cable is out. */
    public void silence(final int motor, final boolean on) {
        silent[motor] = on;
    }

    /** A motor that answers later than it should by the given time; 0 ends it. */
    public void late(final int motor, final long nanos) {
        lateNanos[motor] = nanos;
    }

    /** A motor each of whose replies arrives twice. */
    public void duplicate(final int motor, final boolean on) {
        duplicated[motor] = on;
    }

    /** Inverts the given bits (D0 most significant) of a motor's next reply. */
    public void flipOnce(final int motor, final long bits) {
        flipOnce[motor] = bits;
    }

    /** A bus on which nobody is heard: power off, or the connector out. */
    public void dead(final boolean on) {
        dead = on;
    }

    /** Random frames with random identifiers, one in each of the next steps of the bus. */
    public void garbage(final int frames) {
        garbageFrames = frames;
    }

    boolean isDead() {
        return dead;
    }

    boolean isSilent(final int motor) {
        return silent[motor & IDS - 1];
    }

    boolean isDuplicated(final int motor) {
        return duplicated[motor & IDS - 1];
    }

    long lateNanos(final int motor) {
        return lateNanos[motor & IDS - 1];
    }

    long takeFlip(final int motor) {
        final long bits = flipOnce[motor & IDS - 1];
        flipOnce[motor & IDS - 1] = 0;
        return bits;
    }

    boolean takeGarbage() {
        if (garbageFrames == 0) {
            return false;
        }
        garbageFrames--;
        return true;
    }
}
