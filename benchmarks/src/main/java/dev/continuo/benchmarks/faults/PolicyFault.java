package dev.continuo.benchmarks.faults;

/** What can be wrong with the chunks of a policy. */
enum PolicyFault {
    /** Nothing. */
    NONE,
    /** A value of each chunk is not a number. */
    NAN,
    /** A value of each chunk is infinite. */
    INFINITE,
    /** All values are ten times what they should be. */
    FAR,
    /** The same chunk again and again. */
    FROZEN,
    /** A chunk takes two seconds longer. */
    LATE,
    /** No chunk ends. */
    HANGS,
    /** Every chunk ends with an exception. */
    THROWS,
    /** One chunk ends with an exception. */
    THROWS_ONCE
}
