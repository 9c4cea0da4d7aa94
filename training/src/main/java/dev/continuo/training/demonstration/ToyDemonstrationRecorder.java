package dev.continuo.training.demonstration;

import dev.continuo.hardware.kinematics.ForwardKinematics;
import dev.continuo.hardware.kinematics.FrankaChains;
import dev.continuo.hardware.kinematics.Pose;
import dev.continuo.hardware.kinematics.PoseRow;
import dev.continuo.config.ActionSpace;
import dev.continuo.simulation.task.Split;
import dev.continuo.simulation.toys.Relation;
import dev.continuo.simulation.toys.Toy;
import dev.continuo.simulation.toys.ToyInstruction;
import dev.continuo.simulation.toys.ToyJudge;
import dev.continuo.simulation.toys.ToyScene;
import dev.continuo.simulation.toys.ToyShelf;
import dev.continuo.simulation.toys.ToyTable;
import dev.continuo.simulation.toys.ToyTrial;
import dev.continuo.simulation.toys.cell.DirectFranka;
import dev.continuo.simulation.toys.cell.ToyCell;
import dev.continuo.training.optimize.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Lets the {@link ToyExpert} play toy placement in the simulated cell and records it, at {@value #ROWS_PER_SECOND} rows a second. An episode depends on its seed alone. One thread.
 */
public final class ToyDemonstrationRecorder {
    /** As the paper's Franka is commanded. */
    public static final int ROWS_PER_SECOND = 15;

    private static final int CYCLES_PER_SECOND = 1000;
    private static final int HOLD_ROWS = 20;
    private static final double START_NOISE_METRES = 0.03;

    private final ToyExpert.Turned turned = new ToyExpert.Turned();
    private final ForwardKinematics forward = new ForwardKinematics(FrankaChains.withHand(FrankaChains.FR3), ToyTable.BASE);
    private final Pose pose = new Pose();
    private final ToyScene scene = new ToyScene();
    private final double[] row = new double[ActionSpace.POSE_COLUMNS];
    private final List<float[]> states = new ArrayList<>();
    private final List<float[]> actions = new ArrayList<>();
    private final List<float[]> scenes = new ArrayList<>();
    private final List<Boolean> held = new ArrayList<>();
    private final List<Boolean> detours = new ArrayList<>();
    private ToyCell cell;
    private DirectFranka arm;
    private ToolPose tool;
    private long cycles;

    /** A recorder. */
    public ToyDemonstrationRecorder() {
    }

    /**
     * Plays and records episodes of in-domain objects and targets: every object, and every place, about as often as every other. Episodes that fail are played again with another seed.
     */
    public static List<ToyDemonstration> record(final int count, final long seed) {
        final List<Toy> objects = ToyShelf.of(Toy.Role.OBJECT, Split.IN_DOMAIN);
        final List<Toy> targets = ToyShelf.of(Toy.Role.TARGET, Split.IN_DOMAIN);
        final Relation[] relations = Relation.values();
        final List<ToyDemonstration> episodes = new ArrayList<>();
        final SplittableRandom random = new SplittableRandom(seed);
        final ToyDemonstrationRecorder recorder = new ToyDemonstrationRecorder();
        try (Progress progress = Progress.begin("toy-demonstrations", 0, count)) {
            while (episodes.size() < count) {
                final int object = episodes.size() % objects.size();
                final int round = episodes.size() / objects.size();
                final ToyInstruction asked =
                    new ToyInstruction(objects.get(object), relations[(object + round) % relations.length], targets.get(random.nextInt(targets.size())));
                episodes.add(recorder.episode(asked, random));
                progress.at(episodes.size(), asked.text());
            }
        }
        return episodes;
    }

    private ToyDemonstration episode(final ToyInstruction asked, final SplittableRandom random) {
        Optional<ToyDemonstration> episode = Optional.empty();
        while (episode.isEmpty()) {
            episode = record(ToyTrial.draw(asked, Split.IN_DOMAIN, random.nextLong()), random.nextLong());
        }
        return episode.get();
    }

    /** Plays and records one episode; nothing if the robot stops by itself or the object does not end up where it was asked for. */
    public Optional<ToyDemonstration> record(final ToyTrial trial, final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        states.clear();
        actions.clear();
        scenes.clear();
        held.clear();
        detours.clear();
        cycles = 0;
        final ToyScene begin = new ToyScene();
        try (ToyCell own = new ToyCell(trial, ToyTable.READY.toArray())) {
            cell = own;
            cell.observe(begin);
            arm = new DirectFranka(cell);
            tool = ToyExpert.ready();
            move(new Leg(0, ToyExpert.ready().moved(noise(random), noise(random), noise(random)), 0.5, true));
            for (final Leg leg : new ToyExpert(random).pickAndPlace(trial, begin)) {
                move(leg);
            }
            move(new Leg(0, tool, (double) HOLD_ROWS / ROWS_PER_SECOND, false));
            cell.observe(scene);
            return arm.stopped().isEmpty() && ToyJudge.success(trial, begin, scene) ? Optional.of(recorded(trial)) : Optional.empty();
        }
    }

    private ToyDemonstration recorded(final ToyTrial trial) {
        return new ToyDemonstration(trial.instruction().text(), trial.things().stream().map(Toy::name).toList(), states.toArray(float[][]::new),
            actions.toArray(float[][]::new), scenes.toArray(float[][]::new), Episode.flags(held), Episode.flags(detours));
    }

    private static double noise(final SplittableRandom random) {
        return random.nextDouble(-START_NOISE_METRES, START_NOISE_METRES);
    }

    private void move(final Leg leg) {
        final ToolPose from = tool;
        final int count = Math.max(1, (int) Math.round(leg.seconds() * CYCLES_PER_SECOND));
        for (int cycle = 1; cycle <= count; cycle++) {
            tool = from.towards(leg.target(), Leg.progress((double) cycle / count));
            turned.write(tool, pose);
            if (cycles * ROWS_PER_SECOND / CYCLES_PER_SECOND == states.size()) {
                note(leg.detour());
            }
            arm.cycle(pose, tool.openingMetres());
            cycles++;
        }
    }

    /** What is, and what is commanded now. */
    private void note(final boolean detour) {
        PoseRow.write(pose, tool.openingMetres(), row, 0);
        actions.add(Episode.floats(row));
        cell.observe(scene);
        forward.update(scene.axes);
        final Pose measured = new Pose();
        forward.toolPose(measured);
        PoseRow.write(measured, scene.axes[scene.axes.length - 1], row, 0);
        states.add(Episode.floats(row));
        scenes.add(ToyDemonstration.values(scene));
        held.add(scene.held[ToyTable.OBJECT]);
        detours.add(detour);
    }
}
