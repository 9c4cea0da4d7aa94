package dev.continuo.training.evaluation;

import dev.continuo.config.DriverProfile;
import dev.continuo.config.Profile;
import dev.continuo.hardware.Arm;
import dev.continuo.hardware.franka.FrankaArm;
import dev.continuo.hardware.franka.FrankaConnector;
import dev.continuo.hardware.franka.FrankaLink;
import dev.continuo.hardware.franka.HandFollower;
import dev.continuo.perception.Camera;
import dev.continuo.simulation.franka.FciServer;
import dev.continuo.simulation.franka.HandServer;
import dev.continuo.simulation.task.TrialReferee.Verdict;
import dev.continuo.simulation.toys.ToyAppearance;
import dev.continuo.simulation.toys.ToyJudge;
import dev.continuo.simulation.toys.ToyReferee;
import dev.continuo.simulation.toys.ToyRenderer;
import dev.continuo.simulation.toys.ToyScene;
import dev.continuo.simulation.toys.ToyTable;
import dev.continuo.simulation.toys.ToyTrial;
import dev.continuo.simulation.toys.cell.ToyCell;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * A trial of toy placement: the Franka over its own network protocol on local ports, a millisecond of robot time at a time. Datagrams between local ports are there at once, so the same
 * trial gives the same run.
 */
final class ToyTrialCell implements TrialCell {
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final long CONNECT_NANOS = 5 * SECOND_NANOS;
    private static final long LOOK_NANOS = 200_000;
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final Profile profile;
    private final ToyTrial trial;
    private final ToyRenderer renderer;
    private final ToyAppearance appearance;
    private final ToyCell cell;
    private final FciServer robot;
    private final HandServer hand;
    private final DriverProfile.Franka driver;
    private final FrankaArm arm;
    private final ToyReferee referee;
    private final ToyScene scene = new ToyScene();
    private HandFollower fingers;
    private long followedNanos;
    private Verdict verdict = Verdict.PLAYING;

    /** A cell whose things stand as a trial has them, with the robot connected. */
    ToyTrialCell(final Profile profile, final ToyTrial trial, final ToyRenderer renderer) {
        this.profile = profile;
        this.trial = trial;
        this.renderer = renderer;
        appearance = ToyAppearance.of(trial);
        referee = new ToyReferee(trial, appearance.camera(), profile.cell().trialTimeoutNanos());
        cell = new ToyCell(trial, ToyTable.READY.toArray());
        robot = new FciServer(cell.robot(), ANY_PORT, _ -> { });
        hand = new HandServer(cell.hand(), ANY_PORT, _ -> { });
        driver = (DriverProfile.Franka) profile.arms().getFirst().driver();
        arm = connect();
    }

    /** Connecting waits for the robot, which lives meanwhile. */
    private FrankaArm connect() {
        final FrankaArm connecting = new FrankaArm(profile.arms().getFirst().name(), new FrankaConnector(this::link), driver.cutOffHertz());
        final long until = System.nanoTime() + CONNECT_NANOS;
        while (!connecting.clocksLoop()) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException("the simulated robot cannot be connected to: " + connecting.fault());
            }
            tick();
            connecting.poll(0);
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return connecting;
    }

    private FrankaLink link() {
        final DriverProfile.Franka here = new DriverProfile.Franka(driver.model(), robot.address().getHostString(), robot.address().getPort(),
            OptionalInt.of(hand.address().getPort()), driver.cutOffHertz(), driver.collision());
        final FrankaLink link = FrankaConnector.connect(here, System::nanoTime, CONNECT_NANOS, HandFollower::stepped);
        fingers = link.hand().orElseThrow();
        return link;
    }

    private void tick() {
        robot.step();
        hand.step();
        cell.step();
    }

    @Override
    public List<Arm> arms() {
        return List.of(arm);
    }

    @Override
    public Camera camera(final LongSupplier clock) {
        return new RenderedCamera(rgb -> {
            cell.observe(scene);
            renderer.render(trial, scene, appearance, rgb);
        }, SECOND_NANOS / profile.cameras().getFirst().rateHz(), clock);
    }

    @Override
    public void advanceTo(final long nowNanos) {
        tick();
        if (nowNanos - followedNanos >= HandFollower.LOOK_NANOS) {
            followedNanos = nowNanos;
            fingers.step();
        }
    }

    @Override
    public void begin(final long nowNanos) {
        cell.observe(scene);
        referee.begin(scene, nowNanos);
    }

    @Override
    public boolean isDecided(final long nowNanos) {
        cell.observe(scene);
        verdict = referee.update(scene, nowNanos);
        return verdict != Verdict.PLAYING;
    }

    @Override
    public void hear(final String text, final long aboutNanos) {
        referee.reasoning(text, aboutNanos);
    }

    /** How things stand; the same object every time. */
    ToyScene scene() {
        cell.observe(scene);
        return scene;
    }

    /** How the trial went. */
    ToyResult result(final ClosedLoopTrial.Played played) {
        return new ToyResult(trial, referee.reasoning(), referee.objectScore(), referee.spatialScore(), verdict == Verdict.SUCCESS,
            verdict.name().toLowerCase(Locale.ROOT) + ": " + ToyJudge.outcome(trial, scene()), played.seconds(), played.held());
    }

    @Override
    public void close() {
        robot.close();
        hand.close();
        cell.close();
    }
}
