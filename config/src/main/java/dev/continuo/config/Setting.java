package dev.continuo.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * One value of a profile and where it comes from.
 *
 * @param key    its path, for example {@code arms[0].limits.velocity}
 * @param value  as HOCON; that of a secret is not told
 * @param origin the file and line, or the command line
 */
public record Setting(String key, String value, String origin) {
    private static final Pattern SECRET = Pattern.compile("(?i)(.*[._-])?(token|secret|password|passphrase|private-key)");
    private static final String HIDDEN = "(hidden)";

    /** All values of an object, by key. */
    static List<Setting> of(final Config config) {
        final List<Setting> settings = new ArrayList<>();
        walk("", config.root(), settings);
        return settings;
    }

    private static void walk(final String path, final ConfigValue value, final List<Setting> settings) {
        switch (value) {
            case ConfigObject object -> new TreeSet<>(object.keySet()).forEach(key -> {
                if (object.get(key).valueType() != ConfigValueType.NULL) {
                    walk(path.isEmpty() ? ConfigUtil.joinPath(key) : path + '.' + ConfigUtil.joinPath(key), object.get(key), settings);
                }
            });
            case ConfigList list when list.stream().anyMatch(ConfigObject.class::isInstance) -> {
                for (int i = 0; i < list.size(); i++) {
                    walk(path + '[' + i + ']', list.get(i), settings);
                }
            }
            default -> settings.add(new Setting(path, SECRET.matcher(path).matches() ? HIDDEN : value.render(ConfigRenderOptions.concise()), place(value.origin())));
        }
    }

    /** Where something was said: file and line as far as they are known. */
    static String place(final ConfigOrigin origin) {
        final String name = origin.filename() != null ? origin.filename()
            : origin.resource() != null ? origin.resource() : origin.description().replaceFirst(": \\d+$", "");
        return origin.lineNumber() > 0 && !name.equals(ProfileLayers.COMMAND_LINE) ? name + ":" + origin.lineNumber() : name;
    }
}
