package dev.continuo.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * One object of a profile while it is being read: every key is asked for by name, and a key that nobody asked for is an error.
 *
 * <p>All failures are {@link ProfileException}s of one line that names the file, the line and the full key.
 */
final class ProfileSection {
    private final Config config;
    private final String path;
    private final TreeSet<String> known = new TreeSet<>();

    private ProfileSection(final Config config, final String path) {
        this.config = config;
        this.path = path;
    }

    static ProfileSection root(final Config config) {
        return new ProfileSection(config, "");
    }

    boolean has(final String key) {
        known.add(key);
        return config.hasPath(key);
    }

    String text(final String key) {
        return value(key, config::getString);
    }

    boolean flag(final String key) {
        return value(key, config::getBoolean);
    }

    int integer(final String key, final int lowest, final int highest) {
        final int value = value(key, config::getInt);
        require(value >= lowest && value <= highest, key, "must be from " + lowest + " to " + highest + ", is " + value);
        return value;
    }

    long whole(final String key) {
        return value(key, config::getLong);
    }

    double real(final String key, final double lowest, final double highest) {
        final double value = value(key, config::getDouble);
        require(value >= lowest && value <= highest, key, "must be from " + lowest + " to " + highest + ", is " + value);
        return value;
    }

    /** A duration such as {@code 20 ms}, in nanoseconds. */
    long nanos(final String key, final long lowest, final long highest) {
        final long value = value(key, name -> config.getDuration(name, TimeUnit.NANOSECONDS));
        require(value >= lowest && value <= highest, key,
            "must be from " + lowest / 1e6 + " ms to " + highest / 1e6 + " ms, is " + value / 1e6 + " ms");
        return value;
    }

    /** A size such as {@code 2 GiB}. */
    long bytes(final String key) {
        return value(key, config::getBytes);
    }

    AxisVector vector(final String key, final int size) {
        final List<Double> values = value(key, config::getDoubleList);
        require(values.size() == size, key, "must have " + size + " values, has " + values.size());
        require(values.stream().allMatch(Double::isFinite), key, "must be finite");
        return AxisVector.of(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** How many values a list has. */
    int length(final String key) {
        return value(key, config::getList).size();
    }

    /** An object of plain values, by key, for code that knows what they mean. */
    Map<String, String> texts(final String key) {
        final Config values = value(key, config::getConfig);
        final Map<String, String> texts = new TreeMap<>();
        values.entrySet().forEach(entry -> texts.put(entry.getKey(), String.valueOf(entry.getValue().unwrapped())));
        return texts;
    }

    ProfileSection section(final String key) {
        return new ProfileSection(value(key, config::getConfig), full(key));
    }

    List<ProfileSection> sections(final String key) {
        final List<? extends Config> items = value(key, config::getConfigList);
        final List<ProfileSection> sections = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            sections.add(new ProfileSection(items.get(i), full(key) + "[" + i + "]"));
        }
        return sections;
    }

    /** Fails unless {@code condition} holds. */
    void require(final boolean condition, final String key, final String message) {
        if (!condition) {
            throw new ProfileException(where(key) + full(key) + " " + message);
        }
    }

    /** Fails if the object holds a key that was never asked for. */
    void finish() {
        finish("");
    }

    /** Fails if the object holds a key that was never asked for; the message ends with {@code hint}. */
    void finish(final String hint) {
        final ConfigObject object = config.root();
        for (final String key : object.keySet()) {
            // A null takes back what the profile that is extended says.
            if (!known.contains(key) && object.get(key).valueType() != ConfigValueType.NULL) {
                throw new ProfileException(place(object.get(key).origin()) + "unknown key " + full(key)
                    + "; known here: " + String.join(", ", known) + hint);
            }
        }
    }

    private <T> T value(final String key, final Function<String, T> read) {
        known.add(key);
        try {
            return read.apply(key);
        } catch (final ConfigException.Missing missing) {
            throw new ProfileException(place(config.root().origin()) + "missing key " + full(key), missing);
        } catch (final ConfigException wrong) {
            throw new ProfileException(where(key) + full(key) + " cannot be read: " + firstLine(wrong.getMessage()), wrong);
        }
    }

    private String full(final String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private String where(final String key) {
        final ConfigValue value = config.root().get(key);
        return place(value == null ? config.root().origin() : value.origin());
    }

    private static String place(final ConfigOrigin origin) {
        return Setting.place(origin) + ": ";
    }

    private static String firstLine(final String message) {
        final int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
