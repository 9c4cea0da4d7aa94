package dev.continuo.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * What a profile says to one sensor: keys that only the sensor's own code knows. Every key is asked for by name, and one that nobody asks for is an error.
 *
 * <p>All failures are {@link ProfileException}s of one line that names the sensor and the key. Safe for use by any thread.
 */
public final class SensorSettings {
    private final String sensor;
    private final Map<String, String> values;
    private final Set<String> known = new ConcurrentSkipListSet<>();

    /**
     * The settings of a sensor.
     *
     * @param sensor its name
     * @param values by key
     */
    public SensorSettings(final String sensor, final Map<String, String> values) {
        this.sensor = sensor;
        this.values = Map.copyOf(values);
    }

    /** A text that must be there. */
    public String text(final String key) {
        known.add(key);
        final String value = values.get(key);
        if (value == null) {
            throw new ProfileException("sensor " + sensor + ": missing key settings." + key);
        }
        return value;
    }

    /** A text, or what is used where none is given. */
    public String text(final String key, final String otherwise) {
        known.add(key);
        return values.getOrDefault(key, otherwise);
    }

    /** A number within bounds. */
    public double real(final String key, final double lowest, final double highest) {
        final String text = text(key);
        try {
            final double value = Double.parseDouble(text);
            if (value >= lowest && value <= highest) {
                return value;
            }
        } catch (final NumberFormatException noNumber) {
            throw new ProfileException("sensor " + sensor + ": settings." + key + " must be a number, is " + text, noNumber);
        }
        throw new ProfileException("sensor " + sensor + ": settings." + key + " must be from " + lowest + " to " + highest + ", is " + text);
    }

    /** Fails if a key is given that was never asked for. */
    public void finish() {
        final Set<String> unknown = new TreeSet<>(values.keySet());
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw new ProfileException("sensor " + sensor + ": unknown key settings." + unknown.iterator().next() + "; known here: " + String.join(", ", known));
        }
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof SensorSettings that && sensor.equals(that.sensor) && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return 31 * sensor.hashCode() + values.hashCode();
    }

    @Override
    public String toString() {
        return new HashMap<>(values).toString();
    }
}
