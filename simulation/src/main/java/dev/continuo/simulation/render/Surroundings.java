package dev.continuo.simulation.render;

import java.util.List;
import java.util.random.RandomGenerator;

/** What the table and the light may look like. The kinds of table that evaluation in the open world shows are never trained on. */
public enum Surroundings {
    /** As in the demonstrations. */
    IN_DOMAIN(List.of(Table.PLAIN, Table.WOOD, Table.CLOTH, Table.SPECKLED)),
    /** Tables never trained on. */
    OPEN_WORLD(List.of(Table.MARBLE, Table.CHECKED, Table.STRIPED, Table.FELT));

    private final List<Table> tables;

    Surroundings(final List<Table> tables) {
        this.tables = tables;
    }

    /** The kinds of table. */
    public List<Table> tables() {
        return tables;
    }

    /** Draws one of the kinds of table. */
    public Table pick(final RandomGenerator random) {
        return tables.get(random.nextInt(tables.size()));
    }

    /** A kind of table top. */
    public enum Table {
        /** One colour, slightly uneven. */
        PLAIN,
        /** Planks with grain. */
        WOOD,
        /** A fine weave. */
        CLOTH,
        /** Laminate with specks. */
        SPECKLED,
        /** Clouds and veins. */
        MARBLE,
        /** Two colours in squares. */
        CHECKED,
        /** Two colours in stripes. */
        STRIPED,
        /** Saturated, fibrous. */
        FELT
    }
}
