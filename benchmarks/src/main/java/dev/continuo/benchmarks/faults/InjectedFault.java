package dev.continuo.benchmarks.faults;

import java.util.function.Consumer;

/**
 * A fault of the real service, and how it ends.
 *
 * @param name    for people, and to choose it
 * @param row     of the fault matrix: what fails
 * @param column  of the fault matrix: how
 * @param effect  what has to come of it
 * @param lasts   whether it lasts until it is taken away; otherwise it is over in a moment
 * @param begin   injects it
 * @param end     takes it away; for one that is over in a moment, what brings the arms back where nobody does so by himself
 */
record InjectedFault(String name, String row, String column, Effect effect, boolean lasts, Consumer<CellRig> begin, Consumer<CellRig> end) {

    /** What has to come of a fault. */
    enum Effect {
        /** The arms come to rest, and play on some time after its end. */
        REST,
        /** Nothing that the arms show: they play on. */
        NONE,
        /** One or the other, depending on how much of a chunk was left. */
        EITHER
    }
}
