package dev.continuo.training.evaluation;

import dev.continuo.config.ArmProfile;
import dev.continuo.config.Profile;
import dev.continuo.hardware.Arm;
import dev.continuo.hardware.arx.ArxArm;
import dev.continuo.hardware.kinematics.ArxChains;
import dev.continuo.hardware.kinematics.ChainDynamics;
import dev.continuo.perception.Camera;
import dev.continuo.simulation.cell.SimulatedCell;
import dev.continuo.simulation.game.Scenes;
import dev.continuo.simulation.physics.ArmModel;
import dev.continuo.simulation.render.SceneRenderer;
import dev.continuo.simulation.scene.SceneState;
import dev.continuo.simulation.task.Judge;
import dev.continuo.simulation.task.TrialReferee;
import dev.continuo.simulation.task.TrialSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;

/** A trial of math matching: both ARX arms over their CAN buses. */
final class CardCell implements TrialCell {
    private static final long SECOND_NANOS = 1_000_000_000L;

    private final Profile profile;
    private final TrialSpec trial;
    private final SceneRenderer renderer;
    private final SimulatedCell cell;
    private final TrialReferee referee;
    private final SceneState scene = new SceneState();
    private TrialReferee.Verdict verdict = TrialReferee.Verdict.PLAYING;

    /** A cell whose cards lie as a trial has them. */
    CardCell(final Profile profile, final TrialSpec trial, final SceneRenderer renderer, final long seed) {
        this.profile = profile;
        this.trial = trial;
        this.renderer = renderer;
        referee = new TrialReferee(trial, profile.cell().trialTimeoutNanos());
        cell = new SimulatedCell(ArmModel.R5, seed);
        cell.layOut(Scenes.layout(trial));
        cell.parkArms(profile.arms().stream().flatMapToDouble(arm -> Arrays.stream(arm.readyPose().toArray())).toArray());
    }

    @Override
    public List<Arm> arms() {
        final List<Arm> arms = new ArrayList<>();
        for (final ArmProfile arm : profile.arms()) {
            arms.add(new ArxArm(arm, cell.connectInMemory(arms.size()), new ChainDynamics(ArxChains.R5)));
        }
        return arms;
    }

    @Override
    public Camera camera(final LongSupplier clock) {
        return new RenderedCamera(rgb -> {
            Scenes.observe(cell.state(), scene);
            renderer.render(scene, trial.appearance(), rgb);
        }, SECOND_NANOS / profile.cameras().getFirst().rateHz(), clock);
    }

    @Override
    public void advanceTo(final long nowNanos) {
        cell.advanceTo(nowNanos);
    }

    @Override
    public void begin(final long nowNanos) {
        isDecided(nowNanos);
        referee.begin(nowNanos);
    }

    @Override
    public boolean isDecided(final long nowNanos) {
        verdict = referee.update(scene(), nowNanos);
        return verdict != TrialReferee.Verdict.PLAYING;
    }

    @Override
    public void hear(final String text, final long aboutNanos) {
        referee.reasoning(text, aboutNanos);
    }

    /** How things stand; the same object every time. */
    SceneState scene() {
        Scenes.observe(cell.state(), scene);
        return scene;
    }

    /** How the trial went. */
    TrialResult result(final ClosedLoopTrial.Played played) {
        return new TrialResult(trial, referee.reasoning(), referee.scores(), verdict == TrialReferee.Verdict.SUCCESS,
            verdict.name().toLowerCase(Locale.ROOT) + ": " + Judge.outcome(trial, scene()), played.seconds(), played.held());
    }

    @Override
    public void close() {
        cell.close();
    }
}
