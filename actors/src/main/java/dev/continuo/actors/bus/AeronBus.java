package dev.continuo.actors.bus;

import dev.continuo.config.BusProfile;
import dev.continuo.config.ProfileException;
import io.aeron.Aeron;
import io.aeron.ChannelUriStringBuilder;
import io.aeron.CommonContext;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.aeron.exceptions.AeronException;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.SleepingMillisIdleStrategy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The bus over Aeron, between threads and processes.
 *
 * <p>The role {@code control} {@link #launch launches} the media driver within its own process; the other roles {@link #connect} to
 * its folder. A message goes from publisher to subscriber through shared memory; the driver's one thread only keeps the books, so it
 * sleeps between its rounds. Subscribers are untethered: one that hangs is left behind after a while, instead of holding everybody's
 * publishers up.
 */
public final class AeronBus implements Bus {
    private static final long DRIVER_IDLE_MILLIS = 1;
    private static final long DRIVER_TIMER_NANOS = 50_000_000L;
    private static final long LEFT_BEHIND_AFTER_NANOS = 200_000_000L;
    private static final long REJOINS_AFTER_NANOS = 500_000_000L;
    private static final long DRIVER_TIMEOUT_MILLIS = 5_000L;
    /** A driver that has not shown life for so long is dead: it does so at every round of its timer. */
    private static final long DRIVER_ALIVE_MILLIS = 1_500L;
    /** Half of it is how far a subscriber may be behind: a second and more of two arms' states at 500 Hz. */
    private static final int SMALL_TERM_BYTES = 1024 * 1024;
    /** The unit that a large stream is cut into: the largest there is, so that a picture takes few fragments. */
    private static final int LARGE_UNIT_BYTES = 65_504;
    private static final int SMALL_UNIT_BYTES = 16_384;

    private final MediaDriver driver;
    private final Aeron aeron;
    private final BusProfile profile;

    private AeronBus(final MediaDriver driver, final Aeron aeron, final BusProfile profile) {
        this.driver = driver;
        this.aeron = aeron;
        this.profile = profile;
    }

    /**
     * Starts a media driver in the profile's folder and connects to it.
     *
     * @param errors told of failures on Aeron's own threads
     * @throws ProfileException if the folder is taken by a running driver or cannot be used
     */
    public static AeronBus launch(final BusProfile profile, final ErrorHandler errors) {
        if (CommonContext.isDriverActive(profile.directory().toFile(), DRIVER_ALIVE_MILLIS, message -> { })) {
            throw new ProfileException("bus.directory " + profile.directory() + ": in use by another running control process");
        }
        final MediaDriver.Context context = new MediaDriver.Context()
            .aeronDirectoryName(profile.directory().toString())
            .dirDeleteOnStart(true)
            .dirDeleteOnShutdown(true)
            .threadingMode(ThreadingMode.SHARED)
            .sharedIdleStrategy(new SleepingMillisIdleStrategy(DRIVER_IDLE_MILLIS))
            .timerIntervalNs(DRIVER_TIMER_NANOS)
            .untetheredWindowLimitTimeoutNs(LEFT_BEHIND_AFTER_NANOS)
            .untetheredLingerTimeoutNs(LEFT_BEHIND_AFTER_NANOS)
            .untetheredRestingTimeoutNs(REJOINS_AFTER_NANOS)
            .termBufferSparseFile(true)
            .errorHandler(errors);
        MediaDriver driver = null;
        try {
            driver = MediaDriver.launch(context);
            // Whoever can map these files can command the arms.
            Files.setPosixFilePermissions(profile.directory(), PosixFilePermissions.fromString("rwx------"));
            return new AeronBus(driver, client(profile, errors), profile);
        } catch (final RuntimeException | IOException e) {
            if (driver != null) {
                driver.close();
            }
            throw unusable(profile, e);
        }
    }

    /**
     * Connects to the driver of another process.
     *
     * @param errors told of failures on Aeron's own threads, the driver's death among them
     * @throws ProfileException if no driver answers
     */
    public static AeronBus connect(final BusProfile profile, final ErrorHandler errors) {
        try {
            return new AeronBus(null, client(profile, errors), profile);
        } catch (final AeronException e) {
            throw unusable(profile, e);
        }
    }

    private static Aeron client(final BusProfile profile, final ErrorHandler errors) {
        return Aeron.connect(new Aeron.Context()
            .aeronDirectoryName(profile.directory().toString())
            .driverTimeoutMs(DRIVER_TIMEOUT_MILLIS)
            .errorHandler(errors)
            .subscriberErrorHandler(errors));
    }

    private static ProfileException unusable(final BusProfile profile, final Exception cause) {
        final String reason = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        return new ProfileException("bus.directory " + profile.directory() + ": " + reason, cause);
    }

    @Override
    public BusPublication publication(final StreamId stream) {
        final ChannelUriStringBuilder channel = new ChannelUriStringBuilder(profile.channel())
            .termLength(termBytes(stream)).sparse(true);
        if (isLocal()) {
            channel.mtu(stream.large() ? LARGE_UNIT_BYTES : SMALL_UNIT_BYTES);
        }
        return new AeronPublication(aeron.addExclusivePublication(channel.build(), stream.id()), maxMessageBytes(stream));
    }

    @Override
    public BusSubscription subscription(final StreamId stream) {
        final String channel = new ChannelUriStringBuilder(profile.channel()).tether(false).rejoin(true).build();
        return new AeronSubscription(aeron, channel, stream, maxMessageBytes(stream));
    }

    @Override
    public int maxMessageBytes(final StreamId stream) {
        final int longest = termBytes(stream) / 8; // Aeron's own limit
        return stream.large() ? longest : Math.min(longest, StreamId.SMALL_MESSAGE_BYTES);
    }

    private int termBytes(final StreamId stream) {
        return stream.large() ? profile.termLengthBytes() : Math.min(SMALL_TERM_BYTES, profile.termLengthBytes());
    }

    private boolean isLocal() {
        return profile.channel().startsWith(CommonContext.IPC_CHANNEL);
    }

    @Override
    public boolean isOpen() {
        return !aeron.isClosed();
    }

    @Override
    public void close() {
        aeron.close();
        if (driver != null) {
            driver.close();
        }
    }
}
