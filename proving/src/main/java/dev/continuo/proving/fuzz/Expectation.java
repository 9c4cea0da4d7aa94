package dev.continuo.proving.fuzz;

/** What must hold whatever the input. */
final class Expectation {
    private Expectation() {
    }

    /** @throws IllegalStateException where it does not */
    static void require(final boolean holds, final String what) {
        if (!holds) {
            throw new IllegalStateException(what);
        }
    }
}
