package dev.continuo.hardware.franka;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** Where each {@link StateField} lies in the states of a version, computed from the table that they are. */
final class StateLayout {
    private static final Map<FciVersion, StateLayout> LAYOUTS = new EnumMap<>(FciVersion.class);

    static {
        Arrays.stream(FciVersion.values()).forEach(version -> LAYOUTS.put(version, new StateLayout(version)));
    }

    private final int[] offsets = new int[StateField.values().length];
    private final int bytes;

    private StateLayout(final FciVersion version) {
        int offset = 0;
        for (final StateField field : StateField.values()) {
            offsets[field.ordinal()] = field.in(version) ? offset : -1;
            offset += field.count() * field.kind().bytes(version);
        }
        bytes = offset;
    }

    static StateLayout of(final FciVersion version) {
        return LAYOUTS.get(version);
    }

    /** From the beginning of a state; -1 for a field that the version does not have. */
    int offset(final StateField field) {
        return offsets[field.ordinal()];
    }

    /** Length of a state. */
    int bytes() {
        return bytes;
    }
}
