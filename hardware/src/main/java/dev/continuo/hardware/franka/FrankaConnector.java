package dev.continuo.hardware.franka;

import dev.continuo.config.DriverProfile;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Connects to a robot on a thread of its own, because that takes as long as the robot likes, and tries again while it fails. What is connected is handed over to the thread that
 * {@link #take takes} it.
 */
public final class FrankaConnector implements AutoCloseable {
    private static final long RETRY_MILLIS = 500;

    private final Supplier<FrankaLink> connect;
    private final AtomicReference<FrankaLink> link = new AtomicReference<>();
    private volatile String failure = "";
    private volatile boolean wanted = true;
    private Thread thread = Thread.ofPlatform().unstarted(() -> { });

    /**
     * A connector that uses a way to connect.
     *
     * @param connect may block, and throw a {@link FrankaException}
     */
    public FrankaConnector(final Supplier<FrankaLink> connect) {
        this.connect = connect;
    }

    /**
     * A connector to the robot of a profile and the hand at its flange.
     *
     * @param clock        nanoseconds
     * @param timeoutNanos for whatever the robot has to say
     */
    public static FrankaConnector to(final DriverProfile.Franka profile, final LongSupplier clock, final long timeoutNanos) {
        return new FrankaConnector(() -> connect(profile, clock, timeoutNanos));
    }

    /**
     * Connects to the robot of a profile and the hand at its flange; waits for both.
     *
     * @param clock        nanoseconds
     * @param timeoutNanos for whatever the robot has to say
     * @throws FrankaException when one of them is not there, or another robot is than the profile says
     */
    public static FrankaLink connect(final DriverProfile.Franka profile, final LongSupplier clock, final long timeoutNanos) {
        return connect(profile, clock, timeoutNanos, HandFollower::new);
    }

    /**
     * As {@link #connect(DriverProfile.Franka, LongSupplier, long)}, and says who looks after the hand.
     *
     * @param follower of a connected hand, which is closed with it
     */
    public static FrankaLink connect(
        final DriverProfile.Franka profile, final LongSupplier clock, final long timeoutNanos, final Function<FrankaHand, HandFollower> follower) {
        final FrankaRobot robot = FrankaRobot.connect(new InetSocketAddress(profile.host(), profile.port()), clock, timeoutNanos);
        try {
            final String found = FrankaLimits.of(robot.version()).chain().name();
            if (!found.equals(profile.model())) {
                throw new FrankaException(robot.name() + " speaks FCI version " + robot.version().number() + ", as a " + found
                    + " does; the profile says that it is a " + profile.model());
            }
            profile.collision().ifPresent(
                collision -> robot.demand(FciRequest.SetNumbers.collisionBehavior(collision.torque(), collision.force())));
            return new FrankaLink(robot, profile.handPort().isEmpty() ? Optional.empty() : Optional.of(follower.apply(
                FrankaHand.connect(new InetSocketAddress(profile.host(), profile.handPort().getAsInt()), clock, timeoutNanos))));
        } catch (final FrankaException failed) {
            robot.close();
            throw failed;
        }
    }

    /** Begins to connect. */
    void begin() {
        if (thread.getState() == Thread.State.NEW || !thread.isAlive()) {
            thread = Thread.ofPlatform().name("franka-connector").daemon().start(this::run);
        }
    }

    private void run() {
        while (wanted) {
            try {
                final FrankaLink made = connect.get();
                failure = "";
                link.set(made);
                if (!wanted) {
                    take().ifPresent(FrankaLink::close);
                }
                return;
            } catch (final FrankaException failed) {
                failure = failed.getMessage();
            }
            try {
                Thread.sleep(RETRY_MILLIS);
            } catch (final InterruptedException interrupted) {
                return;
            }
        }
    }

    /** What was connected, once. */
    Optional<FrankaLink> take() {
        return link.get() == null ? Optional.empty() : Optional.ofNullable(link.getAndSet(null));
    }

    /** Why the last try failed; empty when none did. */
    String failure() {
        return failure;
    }

    @Override
    public void close() {
        wanted = false;
        thread.interrupt();
        take().ifPresent(FrankaLink::close);
    }
}
