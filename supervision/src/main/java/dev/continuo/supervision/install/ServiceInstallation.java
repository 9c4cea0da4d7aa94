package dev.continuo.supervision.install;

import dev.continuo.config.ProfileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts the service into the operating system and takes it out again. The site's configuration and what runs left behind are never touched, neither by another installation over this one nor by taking
 * it out.
 */
public final class ServiceInstallation {
    private static final String USER = "continuo";
    private static final Path STATE = Path.of("/var/lib/continuo");
    private static final Path RUNNING_SYSTEMD = Path.of("/run/systemd/system");
    /** Serial lines and cameras belong to these. */
    private static final List<String> GROUPS = List.of("dialout", "video");
    private static final String SITE = """
        # What holds on this robot computer, whatever profile is run; see docs/configure.md. An upgrade does not touch this file.
        # web.port = 8460
        """;

    private final Path root;
    private final SystemTools tools;

    /**
     * An installation.
     *
     * @param root  {@code /}, or a folder in which a system is being prepared: then files are written and nothing is called
     * @param tools the operating system's
     */
    public ServiceInstallation(final Path root, final SystemTools tools) {
        this.root = root;
        this.tools = tools;
    }

    /**
     * Installs the unit, the user that it runs as and the site's folder.
     *
     * @param home where the launcher is
     * @param java the JDK or JRE to run with
     * @return what was done, a line each
     * @throws ProfileException if something cannot be written or called
     */
    public List<String> install(final Path home, final Path java) {
        final List<String> done = new ArrayList<>();
        if (isThisSystem()) {
            requireReadable(home);
            requireSystemd();
            addUser(done);
        }
        write(unitFile(), ServiceUnit.text(home, java), done);
        final Path site = root.resolve("etc/continuo/site.conf");
        if (Files.exists(site)) {
            done.add(site + " is kept as it is");
        } else {
            write(site, SITE, done);
        }
        if (isThisSystem()) {
            tools.require("systemctl", "daemon-reload");
        }
        return done;
    }

    /** Starts the service of a profile now and with the computer. */
    public void enable(final String profile) {
        requireSystemd();
        tools.require("systemctl", "enable", "--now", ServiceUnit.instance(profile));
    }

    /**
     * Stops all instances and removes the unit.
     *
     * @return what was done, a line each
     * @throws ProfileException if the unit is not there, or cannot be removed
     */
    public List<String> uninstall() {
        final List<String> done = new ArrayList<>();
        final Path unit = unitFile();
        if (!Files.exists(unit)) {
            throw new ProfileException("the service is not installed: there is no " + unit);
        }
        if (isThisSystem()) {
            requireSystemd();
            tools.require("systemctl", "stop", "continuo@*.service");
            // Without an instance: all that are enabled.
            tools.call("systemctl", "disable", ServiceUnit.FILE);
        }
        try {
            Files.delete(unit);
        } catch (final IOException e) {
            throw new ProfileException("cannot remove " + unit + ": " + e.getMessage(), e);
        }
        done.add("removed " + unit);
        if (isThisSystem()) {
            tools.require("systemctl", "daemon-reload");
        }
        done.add(root.resolve("etc/continuo") + " and " + root.resolve(STATE.toString().substring(1)) + " are kept");
        return done;
    }

    private Path unitFile() {
        return root.resolve("etc/systemd/system").resolve(ServiceUnit.FILE);
    }

    private boolean isThisSystem() {
        return root.equals(Path.of("/"));
    }

    private void addUser(final List<String> done) {
        if (tools.call("id", USER).status() != 0) {
            tools.require("useradd", "--system", "--home-dir", STATE.toString(), "--shell", "/usr/sbin/nologin", USER);
            done.add("added the user " + USER);
        }
        for (final String group : GROUPS) {
            if (tools.call("getent", "group", group).status() == 0) {
                tools.require("usermod", "--append", "--groups", group, USER);
            }
        }
    }

    private static void requireSystemd() {
        if (!Files.isDirectory(RUNNING_SYSTEMD)) {
            throw new ProfileException("systemd does not run on this computer: start the service by hand, ./continuo run");
        }
    }

    /** The service runs as a user of its own. */
    private static void requireReadable(final Path home) {
        try {
            for (Path folder = home; folder != null; folder = folder.getParent()) {
                if (!Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                    throw new ProfileException("the service's user cannot look into " + folder + ": install Continuo below /opt, or chmod o+x " + folder);
                }
            }
        } catch (final IOException e) {
            throw new ProfileException("cannot look at " + home + ": " + e.getMessage(), e);
        }
    }

    private static void write(final Path file, final String text, final List<String> done) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (final IOException e) {
            throw new ProfileException("cannot write " + file + ": " + e + " (root may)", e);
        }
        done.add("wrote " + file);
    }
}
