package dev.continuo.proving.service;

import dev.continuo.simulation.cell.SimulatedCell;
import dev.continuo.simulation.motors.CanBusModel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What is wrong with the arms' buses, over reconnections of their drivers. */
final class MotorFaults {
    private final SimulatedCell cell;
    private final List<List<Consumer<CanBusModel>>> lasting = new ArrayList<>();

    MotorFaults(final SimulatedCell cell) {
        this.cell = cell;
        for (int arm = 0; arm < SimulatedCell.ARMS; arm++) {
            lasting.add(new ArrayList<>());
        }
    }

    /** Does something to a bus once. */
    void once(final int arm, final Consumer<CanBusModel> what) {
        if (cell.bus(arm) != null) {
            what.accept(cell.bus(arm));
        }
    }

    /** Does something to a bus, and to the one in its place after it is connected anew. */
    void begin(final int arm, final Consumer<CanBusModel> what) {
        lasting.get(arm).add(what);
        once(arm, what);
    }

    /** Takes back what was begun. */
    void end(final int arm, final Consumer<CanBusModel> what, final Consumer<CanBusModel> undo) {
        lasting.get(arm).remove(what);
        once(arm, undo);
    }

    /** A driver has connected to an arm. */
    void connected(final int arm) {
        lasting.get(arm).forEach(what -> what.accept(cell.bus(arm)));
    }
}
