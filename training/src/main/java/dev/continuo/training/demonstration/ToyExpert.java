package dev.continuo.training.demonstration;

import dev.continuo.hardware.kinematics.ForwardKinematics;
import dev.continuo.hardware.kinematics.FrankaChains;
import dev.continuo.hardware.kinematics.Pose;
import dev.continuo.simulation.toys.PlacingZone;
import dev.continuo.simulation.toys.Relation;
import dev.continuo.simulation.toys.ToyScene;
import dev.continuo.simulation.toys.ToyTable;
import dev.continuo.simulation.toys.ToyTrial;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Plans how the object is picked and placed, from the true state of the scene.
 *
 * <p>Only demonstrations are made this way. As with {@link ScriptedExpert}, some legs are disturbances: off the way, to another thing than the one that is to be picked, or to another place
 * than the one that was asked for, so that the record shows the way back and that the words count.
 */
final class ToyExpert {
    /** Opening of the hand away from a thing, metres. */
    static final double OPEN = 0.078;
    /** Opening that is commanded to hold a thing: less than its width. */
    static final double CLOSED = 0.040;

    private static final double HOVER_HEIGHT = 0.13;
    private static final double GRASP_HEIGHT = 0.030;
    private static final double RELEASE_CLEARANCE = 0.002;
    /** Mean speed of a long way. */
    private static final double METRES_PER_SECOND = 0.27;
    private static final double DISTURBANCE_METRES = 0.035;
    private static final double DISTURBED_SHARE = 0.35;
    private static final double WRONG_THING_SHARE = 0.35;
    private static final double WRONG_PLACE_SHARE = 0.35;
    private static final double SUNK_SHARE = 0.5;
    private static final double LEAST_WRONG_WAY = 0.4;
    /** Below this a hand that comes down meets things. */
    private static final double LOWEST_BESIDE = 0.07;

    private final RandomGenerator random;

    ToyExpert(final RandomGenerator random) {
        this.random = random;
    }

    /** Where the hand waits. */
    static ToolPose ready() {
        final Pose pose = readyPose();
        return new ToolPose(pose.position[0], pose.position[1], pose.position[2], 0, OPEN);
    }

    private static Pose readyPose() {
        final ForwardKinematics arm = new ForwardKinematics(FrankaChains.withHand(FrankaChains.FR3), ToyTable.BASE);
        arm.update(ToyTable.READY.toArray());
        final Pose pose = new Pose();
        arm.toolPose(pose);
        return pose;
    }

    /** A tool's pose in space: as in the ready pose, turned about the vertical. */
    static final class Turned {
        private final double[] ready = readyPose().rotation;

        /** Writes a tool's pose. */
        void write(final ToolPose tool, final Pose pose) {
            pose.position[0] = tool.x();
            pose.position[1] = tool.y();
            pose.position[2] = tool.z();
            final double cos = Math.cos(tool.yawRadians());
            final double sin = Math.sin(tool.yawRadians());
            for (int column = 0; column < 3; column++) {
                pose.rotation[column] = cos * ready[column] - sin * ready[3 + column];
                pose.rotation[3 + column] = sin * ready[column] + cos * ready[3 + column];
                pose.rotation[6 + column] = ready[6 + column];
            }
        }
    }

    /** The legs from the ready pose and back, at a pace drawn from the random source. */
    List<Leg> pickAndPlace(final ToyTrial trial, final ToyScene scene) {
        final double pace = 0.9 + 0.3 * random.nextDouble();
        final ToolPose grasp = above(scene, ToyTable.OBJECT).at(GRASP_HEIGHT);
        final PlacingZone zone = PlacingZone.of(trial.instruction().relation());
        final ToolPose release = place(trial, scene, zone);
        final List<Leg> legs = new ArrayList<>();
        if (random.nextDouble() < WRONG_THING_SHARE) {
            beginWithAnotherThing(legs, scene, pace);
        }
        approach(legs, grasp.at(HOVER_HEIGHT), 1.3 * pace);
        legs.add(leg(grasp, 0.9 * pace));
        legs.add(leg(grasp.opened(CLOSED), 0.45));
        legs.add(leg(grasp.opened(CLOSED).at(HOVER_HEIGHT), 0.9 * pace));
        if (random.nextDouble() < WRONG_PLACE_SHARE) {
            carryElsewhere(legs, trial, scene, pace);
        }
        approach(legs, release.at(HOVER_HEIGHT), 1.1 * pace);
        legs.add(leg(release, 0.9 * pace));
        legs.add(leg(release.opened(OPEN), 0.35));
        legs.add(leg(release.opened(OPEN).at(HOVER_HEIGHT), 0.9 * pace));
        legs.add(leg(ready(), 1.3 * pace));
        return unhurried(legs, pace);
    }

    /** Gives long ways the time that they take within the profile's limits: what the safety envelope cuts short is not what was shown. */
    private static List<Leg> unhurried(final List<Leg> legs, final double pace) {
        final List<Leg> timed = new ArrayList<>(legs.size());
        ToolPose from = ready();
        for (final Leg leg : legs) {
            final ToolPose to = leg.target();
            final double metres = Math.hypot(Math.hypot(to.x() - from.x(), to.y() - from.y()), to.z() - from.z());
            timed.add(new Leg(leg.arm(), to, Math.max(leg.seconds(), pace * metres / METRES_PER_SECOND), leg.detour()));
            from = to;
        }
        return timed;
    }

    private static ToolPose above(final ToyScene scene, final int thing) {
        return new ToolPose(scene.x(thing), scene.y(thing), HOVER_HEIGHT, scene.yaw[thing], OPEN);
    }

    private static ToolPose place(final ToyTrial trial, final ToyScene scene, final PlacingZone zone) {
        final double floor = zone.aloft() ? trial.instruction().target().role().height() : 0;
        return new ToolPose(scene.x(ToyTable.TARGET) + zone.middleX(), scene.y(ToyTable.TARGET) + zone.middleY(), GRASP_HEIGHT + RELEASE_CLEARANCE + floor, 0, CLOSED);
    }

    private static Leg leg(final ToolPose target, final double seconds) {
        return new Leg(0, target, seconds, false);
    }

    private static Leg detour(final ToolPose target, final double seconds) {
        return new Leg(0, target, seconds, true);
    }

    private void beginWithAnotherThing(final List<Leg> legs, final ToyScene scene, final double pace) {
        final ToolPose other = above(scene, 1 + random.nextInt(ToyTable.THINGS - 1));
        if (random.nextDouble() < SUNK_SHARE) {
            legs.add(detour(other, 1.3 * pace));
            legs.add(detour(other.at(random.nextDouble(LOWEST_BESIDE, HOVER_HEIGHT)), 0.5 * pace));
            legs.add(leg(other, 0.5 * pace));
        } else {
            final double way = random.nextDouble(LEAST_WRONG_WAY, 1);
            legs.add(detour(ready().towards(other, way), 1.3 * pace * Math.sqrt(way)));
        }
    }

    private void carryElsewhere(final List<Leg> legs, final ToyTrial trial, final ToyScene scene, final double pace) {
        final Relation elsewhere = Relation.values()[random.nextInt(Relation.values().length)];
        final ToolPose wrong = place(trial, scene, PlacingZone.of(elsewhere)).at(HOVER_HEIGHT);
        if (elsewhere != trial.instruction().relation() && ToyTable.contains(wrong.x(), wrong.y())) {
            legs.add(detour(wrong, 1.1 * pace));
        }
    }

    private void approach(final List<Leg> legs, final ToolPose hover, final double seconds) {
        if (random.nextDouble() < DISTURBED_SHARE) {
            legs.add(detour(hover.moved(disturbance(), disturbance(), Math.abs(disturbance()) / 2), seconds));
            legs.add(leg(hover, 0.55));
        } else {
            legs.add(leg(hover, seconds));
        }
    }

    private double disturbance() {
        return (2 * random.nextDouble() - 1) * DISTURBANCE_METRES;
    }
}
