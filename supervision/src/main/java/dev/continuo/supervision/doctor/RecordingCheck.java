package dev.continuo.supervision.doctor;

import dev.continuo.config.ArmProfile;
import dev.continuo.config.Profile;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** How long a profile can be recorded with the room that there is. */
final class RecordingCheck {
    private static final int BYTES_A_PIXEL = 3;
    /** A state of seven axes in its frame, as the bus has it. */
    private static final int STATE_BYTES = 352;
    private static final double LEAST_HOURS = 1;
    private static final double SECONDS_AN_HOUR = 3600;
    private static final double GIGABYTE = 1e9;
    private static final double MEGABYTE = 1e6;

    private RecordingCheck() {
    }

    /**
     * Looks at the disk.
     *
     * @param runs where runs are kept
     */
    static Finding room(final Profile profile, final Path runs) {
        final Path folder = runs.resolve(profile.recording().directory());
        return room(profile, folder, existing(folder).getUsableSpace());
    }

    static Finding room(final Profile profile, final Path folder, final long freeBytes) {
        final double rate = bytesASecond(profile);
        final double hours = Math.max(0, freeBytes - profile.recording().keepFreeBytes()) / rate / SECONDS_AN_HOUR;
        final String found = String.format(Locale.ROOT, "%.0f GB free for %s: %.1f h at %.1f MB/s", freeBytes / GIGABYTE, folder, hours, rate / MEGABYTE);
        return hours >= LEAST_HOURS || !profile.recording().enabled() ? Finding.ok("room to record", found)
            : Finding.warn("room to record", found, "delete recordings, or set recording.directory to a larger disk");
    }

    private static double bytesASecond(final Profile profile) {
        return profile.cameras().stream().mapToDouble(camera -> (double) BYTES_A_PIXEL * camera.width() * camera.height() * camera.rateHz()).sum()
            + profile.arms().stream().mapToDouble((ArmProfile arm) -> (double) STATE_BYTES * arm.rateHz()).sum();
    }

    private static File existing(final Path folder) {
        return Files.exists(folder) || folder.getParent() == null ? folder.toFile() : existing(folder.getParent());
    }
}
