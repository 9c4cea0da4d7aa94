package dev.continuo.hardware.safety;

/** What the safety envelope did to a setpoint, from harmless to grave. */
public enum Verdict {
    /** The command is the setpoint. */
    PASSED,
    /** The setpoint moves more abruptly than the jerk limit; the command follows it smoothly. */
    LIMITED_JERK,
    /** The setpoint accelerates more than allowed; the command follows it as fast as it may. */
    LIMITED_ACCELERATION,
    /** The setpoint is faster or farther away than allowed; the command follows it as fast as it may. */
    LIMITED_VELOCITY,
    /** The setpoint lies outside the position limits or runs into them; the command stops at the limit. */
    LIMITED_POSITION,
    /** Told to decelerate: the command is on its way to standstill or stands. */
    DECELERATED,
    /** The setpoint, or the way to it, leaves the workspace; the command decelerates to a hold inside. */
    HELD_WORKSPACE,
    /** The setpoint has a value that is not a number or infinite; the command decelerates to a hold. */
    HELD_NON_FINITE,
    /** The setpoint has too few values; the command decelerates to a hold. */
    HELD_MALFORMED,
    /** The arm touches something harder than it may, or it is not known whether it does; the command decelerates to a hold. */
    HELD_CONTACT,
    /** No measured position was ever given: there is no command, and the output is left alone. */
    NOT_READY;

    /** Whether the setpoint was not followed at all. */
    public boolean isHeld() {
        return this.compareTo(HELD_WORKSPACE) >= 0;
    }
}
