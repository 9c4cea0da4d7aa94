package dev.continuo.config;

import java.nio.file.Path;

/**
 * Whether and where a run's messages are kept.
 *
 * @param enabled       whether a run is recorded without being asked to
 * @param directory     the folder of recordings, one folder a run; relative to where the service keeps its state
 * @param keepFreeBytes recording pauses while the disk has less room than this
 * @param survives      what an acknowledged message survives
 */
public record RecordingProfile(boolean enabled, Path directory, long keepFreeBytes, Survives survives) {
    /** Records nothing unless asked to. */
    public static final RecordingProfile OFF = new RecordingProfile(false, Path.of("recordings"), 2L << 30, Survives.PROCESS);

    /** What happens after which an acknowledged message is still there. */
    public enum Survives {
        /** The death of the process: the message is with the operating system. */
        PROCESS,
        /** The loss of power: the message is on the disk, which is slower. */
        POWER
    }
}
