package dev.continuo.recording;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.continuo.config.Profile;
import dev.continuo.config.ProfileException;
import dev.continuo.config.ProfileReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The folder of one recorded run: {@code recording.json} says when it began, {@code profile.conf} is the profile with which it ran, and {@code archive/} holds the messages.
 *
 * @param path             the folder
 * @param startedAtNanos   when it began, nanoseconds of the machine's monotonic clock, which all messages are stamped with
 * @param startedAtEpochNanos the same moment, nanoseconds since 1970 UTC
 * @param profileName      the profile's name on the command line
 * @param version          of the software that recorded, for people
 */
public record RecordingFolder(Path path, long startedAtNanos, long startedAtEpochNanos, String profileName, String version) {
    private static final int FORMAT = 1;
    private static final String ABOUT = "recording.json";
    /** Opened for nothing else: a process gives a file's lock up when it closes the file, however often it has it open. */
    private static final String LOCK = "recording.lock";
    private static final String PROFILE = "profile.conf";
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Makes the folder and what describes the run.
     *
     * @param profileText the profile as it is used, HOCON
     * @throws UncheckedIOException naming the folder, if it is there already or cannot be made
     */
    public RecordingFolder create(final String profileText) {
        final ObjectNode about = JSON.createObjectNode()
            .put("format", FORMAT).put("startedAtNanos", startedAtNanos).put("startedAtEpochNanos", startedAtEpochNanos)
            .put("profile", profileName).put("version", version);
        try {
            Files.createDirectories(path.getParent());
            Files.createDirectory(path);
            Files.writeString(path.resolve(PROFILE), profileText);
            Files.writeString(path.resolve(ABOUT), about.toPrettyString() + "\n");
            return this;
        } catch (final IOException e) {
            throw new UncheckedIOException("recording " + path + " cannot be made: " + e, e);
        }
    }

    /**
     * Finds out what a folder holds.
     *
     * @throws ProfileException naming the folder or file that is not one of a recording
     */
    public static RecordingFolder open(final Path path) {
        final Path file = path.resolve(ABOUT);
        if (!Files.exists(file)) {
            throw new ProfileException(path + " is no recording: it has no " + ABOUT);
        }
        try {
            final JsonNode about = JSON.readTree(Files.readString(file));
            final int format = about.path("format").asInt();
            if (format != FORMAT) {
                throw new ProfileException(file + ": format " + format + " is not known; this version reads format " + FORMAT);
            }
            return new RecordingFolder(path, about.required("startedAtNanos").longValue(), about.required("startedAtEpochNanos").longValue(),
                about.required("profile").textValue(), about.required("version").textValue());
        } catch (final JsonProcessingException | IllegalArgumentException e) {
            throw new ProfileException(file + ": " + e.getMessage().lines().findFirst().orElse(""), e);
        } catch (final IOException e) {
            throw new ProfileException(file + " cannot be read: " + e, e);
        }
    }

    /** The profile with which the run was recorded. */
    public Profile profile() {
        return ProfileReader.read(path.resolve(PROFILE).toString());
    }

    /**
     * Says that the folder is being recorded to, until closed or the process ends.
     *
     * @throws ProfileException naming the folder, if somebody records to it already
     */
    Closeable lock() {
        try {
            final FileChannel file = FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(file) == null) {
                file.close();
                throw new ProfileException(path + " is being recorded: end the run first");
            }
            return file;
        } catch (final IOException e) {
            throw new ProfileException(path + " cannot be locked: " + e, e);
        }
    }

    private static FileLock tryLock(final FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (final OverlappingFileLockException inThisProcess) {
            return null;
        }
    }

    /** Whether a process records to it now. */
    public boolean isLive() {
        try (FileChannel file = FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE); FileLock lock = tryLock(file)) {
            return lock == null;
        } catch (final IOException e) {
            throw new ProfileException(path + " cannot be locked: " + e, e);
        }
    }

    /** The files of the Aeron Archive. */
    public Path archive() {
        return path.resolve("archive");
    }

    /** The wall clock's time, nanoseconds since 1970 UTC, at a time of the messages' clock. */
    public long epochNanos(final long nanos) {
        return startedAtEpochNanos + (nanos - startedAtNanos);
    }

    /** The folder's own name. */
    public String name() {
        return path.getFileName().toString();
    }
}
