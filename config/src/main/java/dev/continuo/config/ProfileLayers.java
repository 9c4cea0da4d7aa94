package dev.continuo.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigUtil;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Lays a profile over what it extends, and over that what the robot computer's site and the command line say.
 *
 * <p>The site's folder, {@code /etc/continuo} unless {@value #SITE_VARIABLE} or the system property {@value #SITE_PROPERTY} names another, holds profiles by name
 * ({@code NAME.conf}) and {@value #SITE_FILE}, which is laid over whatever ships.
 */
final class ProfileLayers {
    /** Names the site's folder. */
    static final String SITE_VARIABLE = "CONTINUO_SITE";
    /** Names the site's folder, before the variable does. */
    static final String SITE_PROPERTY = "continuo.site";
    /** What the site says of all profiles. */
    static final String SITE_FILE = "site.conf";
    /** The origin of values of the command line. */
    static final String COMMAND_LINE = "command line";

    private static final List<String> SHIPPED = List.of("arx-sim", "franka-sim");
    private static final Pattern ADDRESS = Pattern.compile("[a-z]+://\\S+");
    private static final String EXTENDS = "extends";

    private ProfileLayers() {
    }

    static List<String> shipped() {
        return SHIPPED;
    }

    /**
     * The whole of a profile, resolved.
     *
     * @param nameOrFile a profile's name, or the path of a HOCON file
     * @param settings   of the command line, each {@code key=value}; the last one counts
     * @throws ProfileException if a file or a setting cannot be read, or refers to what is not there
     */
    static Config lay(final String nameOrFile, final List<String> settings) {
        Config layers = profile(nameOrFile, site(), List.of());
        for (final String setting : settings) {
            layers = setting(setting).withFallback(layers);
        }
        try {
            return layers.resolve();
        } catch (final ConfigException unresolved) {
            throw new ProfileException(firstLine(unresolved, nameOrFile), unresolved);
        }
    }

    /** @param below the files that extend it, one the other */
    private static Config profile(final String nameOrFile, final Path site, final List<Path> below) {
        final Path file = path(site, nameOrFile, ".conf");
        final boolean isName = !nameOrFile.contains("/");
        if (isName && !nameOrFile.equals("site") && Files.isRegularFile(file)) {
            return file(file, nameOrFile, site, below);
        }
        if (SHIPPED.contains(nameOrFile)) {
            return overShipped(site).withFallback(shipped(nameOrFile));
        }
        final Path other = path(Path.of(""), nameOrFile, "");
        if (!Files.isRegularFile(other)) {
            throw new ProfileException("no profile " + nameOrFile + ": neither a file nor one of " + String.join(", ", SHIPPED)
                + (isName && Files.isDirectory(site) ? ", nor in " + site : ""));
        }
        return file(other, "", site, below);
    }

    /** A file over what it extends; a profile of the site that extends its own name extends what ships. */
    private static Config file(final Path file, final String name, final Path site, final List<Path> below) {
        if (below.contains(file)) {
            throw new ProfileException(file + ": " + EXTENDS + " leads back to itself, by way of " + below.getLast());
        }
        final Config own = parse(file);
        final Optional<String> base = base(own, file);
        if (base.isEmpty()) {
            return own;
        }
        final List<Path> chain = new ArrayList<>(below);
        chain.add(file);
        return own.withFallback(base.get().equals(name) && SHIPPED.contains(name) ? overShipped(site).withFallback(shipped(name)) : profile(base.get(), site, chain));
    }

    private static Optional<String> base(final Config own, final Path file) {
        try {
            return own.hasPath(EXTENDS) ? Optional.of(own.getString(EXTENDS)) : Optional.empty();
        } catch (final ConfigException wrong) {
            throw new ProfileException(firstLine(wrong, file.toString()), wrong);
        }
    }

    private static Path path(final Path folder, final String name, final String ending) {
        try {
            return folder.resolve(name + ending);
        } catch (final InvalidPathException none) {
            throw new ProfileException("no profile " + name.replaceAll("\\p{Cntrl}", "?") + ": " + none.getReason(), none);
        }
    }

    private static Config shipped(final String name) {
        final String resource = "profiles/" + name + ".conf";
        try (Reader text = new InputStreamReader(ProfileLayers.class.getClassLoader().getResourceAsStream(resource), StandardCharsets.UTF_8)) {
            // Named alike whether it lies in a folder or in a jar.
            return ConfigFactory.parseReader(text, ConfigParseOptions.defaults().setOriginDescription(resource));
        } catch (final IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Config overShipped(final Path site) {
        final Path file = site.resolve(SITE_FILE);
        return Files.isRegularFile(file) ? parse(file) : ConfigFactory.empty();
    }

    private static Config parse(final Path file) {
        try {
            return ConfigFactory.parseFile(file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false));
        } catch (final ConfigException unreadable) {
            throw new ProfileException(firstLine(unreadable, file.toString()), unreadable);
        }
    }

    private static Config setting(final String setting) {
        if (setting.indexOf('=') <= 0) {
            throw new ProfileException(COMMAND_LINE + ": " + setting + " is no setting; write key=value");
        }
        try {
            return ConfigFactory.parseString(quoted(setting), ConfigParseOptions.defaults().setOriginDescription(COMMAND_LINE));
        } catch (final ConfigException unreadable) {
            throw new ProfileException(COMMAND_LINE + ": " + setting + " cannot be read: " + firstLine(unreadable, setting), unreadable);
        }
    }

    /** In HOCON an address without quotes would end at its colon, and what follows its slashes be a comment; a shell eats the quotes. */
    private static String quoted(final String setting) {
        final int end = setting.indexOf('=') + 1;
        final String value = setting.substring(end).strip();
        return ADDRESS.matcher(value).matches() ? setting.substring(0, end) + ConfigUtil.quoteString(value) : setting;
    }

    private static Path site() {
        final String named = System.getProperty(SITE_PROPERTY, System.getenv().getOrDefault(SITE_VARIABLE, "/etc/continuo"));
        return Path.of(named).toAbsolutePath();
    }

    private static String firstLine(final ConfigException failure, final String otherwise) {
        return failure.getMessage().lines().findFirst().orElse(otherwise);
    }
}
