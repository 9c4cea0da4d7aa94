package dev.continuo.proving.service;

/** A planted bug, which the oracle must find: a proof that finds nothing wrong is worth something only if it would. */
public enum Sabotage {
    /** None. */
    NONE,
    /** One command in some thousands is off by two hundredths of a radian. */
    JUMP,
    /** The arms drift on while the emergency stop is on. */
    DEAF,
    /** The arms drift on while there is nothing to play. */
    BLIND
}
