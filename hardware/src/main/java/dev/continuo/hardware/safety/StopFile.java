package dev.continuo.hardware.safety;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Triggers the emergency stop while a file exists, so that {@code touch} from any shell stops the arms.
 *
 * <p>Polled from a thread that may block, never from the control loop. As long as the file is there the stop cannot be reset for longer
 * than one poll.
 */
public final class StopFile {
    private final EmergencyStop stop;
    private final Path path;
    private final long intervalNanos;
    private long checkedAtNanos;
    private boolean checked;

    /** Watches {@code path}, at most once per {@code intervalNanos}. */
    public StopFile(final EmergencyStop stop, final Path path, final long intervalNanos) {
        this.stop = stop;
        this.path = path;
        this.intervalNanos = intervalNanos;
    }

    /**
     * Looks for the file when it is time to. A folder that cannot be read counts as a file that is not there.
     *
     * @return 1 if it looked, 0 if not
     */
    public int poll(final long nowNanos) {
        if (checked && nowNanos - checkedAtNanos < intervalNanos) {
            return 0;
        }
        checked = true;
        checkedAtNanos = nowNanos;
        if (Files.exists(path)) {
            stop.trigger("stop file " + path);
        }
        return 1;
    }
}
