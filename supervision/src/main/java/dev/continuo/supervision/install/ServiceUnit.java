package dev.continuo.supervision.install;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The systemd unit that ships, a template whose instances are profiles. */
public final class ServiceUnit {
    /** The unit's file. */
    public static final String FILE = "continuo@.service";
    private static final String SHIPPED_HOME = "/usr/lib/continuo";

    private ServiceUnit() {
    }

    /** The unit of a profile. */
    public static String instance(final String profile) {
        return "continuo@" + profile + ".service";
    }

    /**
     * The unit for an installation.
     *
     * @param home where the launcher is
     * @param java the JDK or JRE to run with
     */
    public static String text(final Path home, final Path java) {
        return shipped().replace(SHIPPED_HOME + '/', home + "/").replace("Environment=CONTINUO_NO_BUILD=1", "Environment=JAVA_HOME=" + java + " CONTINUO_NO_BUILD=1");
    }

    /** The unit as it ships, for the Debian package's folder. */
    public static String shipped() {
        try (InputStream file = ServiceUnit.class.getResourceAsStream("/systemd/" + FILE)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
