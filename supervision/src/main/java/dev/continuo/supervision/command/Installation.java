package dev.continuo.supervision.command;

import java.nio.file.Path;

/** Where Continuo is installed: the launcher names the folder in the system property {@code continuo.home}. */
public final class Installation {
    private Installation() {
    }

    /** The installation's folder. */
    public static Path home() {
        return Path.of(System.getProperty("continuo.home", "")).toAbsolutePath().normalize();
    }

    /** A path of a profile or a default, which is relative to the installation. */
    public static Path resolve(final Path path) {
        return home().resolve(path).normalize();
    }

    /** What is written by this installation: its own folder, unless the launcher names another in {@code continuo.state}. */
    public static Path state() {
        return Path.of(System.getProperty("continuo.state", home().toString())).toAbsolutePath().normalize();
    }

    /** Where runs leave histograms, and where the emergency stop's file is looked for. */
    public static Path runs() {
        return state().resolve("runs");
    }

    /** The log of this process, as {@code logback.xml} names it. */
    public static Path logFile() {
        final Path folder = Path.of(System.getProperty("continuo.state", "target"));
        return folder.resolve("logs").resolve("continuo-" + System.getProperty("continuo.role", "tool") + ".log");
    }
}
