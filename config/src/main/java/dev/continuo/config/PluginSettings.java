package dev.continuo.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * What a profile says to code that a plugin brings: keys that only that code knows. Every key is asked for by name, and one that nobody asks for is an error.
 *
 * <p>All failures are {@link ProfileException}s of one line that names whom the settings belong to, and the key. Safe for use by any thread.
 */
public final class PluginSettings {
    private final String owner;
    private final Map<String, String> values;
    private final Set<String> known = new ConcurrentSkipListSet<>();

    /**
     * Settings.
     *
     * @param owner  whom they belong to, as messages say it: {@code sensor wrist}
     * @param values by key
     */
    public PluginSettings(final String owner, final Map<String, String> values) {
        this.owner = owner;
        this.values = Map.copyOf(values);
    }

    /** Whom they belong to, as messages say it: {@code sensor wrist}. */
    public String owner() {
        return owner;
    }

    /** A text that must be there. */
    public String text(final String key) {
        known.add(key);
        final String value = values.get(key);
        if (value == null) {
            throw new ProfileException(owner + ": missing key settings." + key);
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
            throw new ProfileException(owner + ": settings." + key + " must be a number, is " + text, noNumber);
        }
        throw new ProfileException(owner + ": settings." + key + " must be from " + lowest + " to " + highest + ", is " + text);
    }

    /** A whole number within bounds, or what is used where none is given. */
    public int whole(final String key, final String otherwise, final int lowest, final int highest) {
        final String text = text(key, otherwise);
        try {
            final int value = Integer.parseInt(text);
            if (value >= lowest && value <= highest) {
                return value;
            }
        } catch (final NumberFormatException noNumber) {
            throw new ProfileException(owner + ": settings." + key + " must be a whole number, is " + text, noNumber);
        }
        throw new ProfileException(owner + ": settings." + key + " must be from " + lowest + " to " + highest + ", is " + text);
    }

    /** Fails if a key is given that was never asked for. */
    public void finish() {
        final Set<String> unknown = new TreeSet<>(values.keySet());
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw new ProfileException(owner + ": unknown key settings." + unknown.iterator().next() + "; known here: " + String.join(", ", known));
        }
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof PluginSettings that && owner.equals(that.owner) && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return 31 * owner.hashCode() + values.hashCode();
    }

    @Override
    public String toString() {
        return new HashMap<>(values).toString();
    }
}
