package dev.continuo.simulation.game;

import dev.continuo.config.ArmProfile;
import dev.continuo.config.DriverProfile;
import dev.continuo.config.Profile;
import dev.continuo.hardware.Arm;
import dev.continuo.hardware.arx.ArxArm;
import dev.continuo.hardware.kinematics.ArxChains;
import dev.continuo.hardware.kinematics.ChainDynamics;
import dev.continuo.simulation.cell.CellState;
import dev.continuo.simulation.cell.SimulatedCell;
import dev.continuo.simulation.physics.ArmModel;
import dev.continuo.simulation.render.SceneRenderer;
import dev.continuo.simulation.scene.SceneState;
import dev.continuo.simulation.task.TrialSpec;
import java.util.List;

/**
 * Plays a moment in a cell without sockets before the real one opens: real motors answer within microseconds from their first frame on,
 * so by then classes must be loaded and code compiled.
 */
final class Rehearsal {
    private static final int CYCLES = 1_500;
    private static final int PICTURES = 10;

    private Rehearsal() {
    }

    /** Connects, arms and holds the simulated arms while a scene is laid out, then draws it. Returns the cycles in which an arm held. */
    static int play(final Profile profile, final TrialSpec trial) {
        final List<ArmProfile> simulated = profile.arms().stream().filter(arm -> arm.driver() instanceof DriverProfile.Arx).limit(SimulatedCell.ARMS).toList();
        final ArmModel model = simulated.isEmpty() ? ArmModel.R5 : ArmModel.named(simulated.getFirst().model());
        try (SimulatedCell cell = new SimulatedCell(model, profile.cell().seed())) {
            final Arm[] arms = new Arm[simulated.size()];
            for (int i = 0; i < arms.length; i++) {
                final ArmProfile arm = simulated.get(i);
                arms[i] = new ArxArm(arm, cell.connectInMemory(i), new ChainDynamics(ArxChains.of(arm.model())));
            }
            int held = 0;
            for (int cycle = 0; cycle < CYCLES; cycle++) {
                if (cycle == CYCLES / 2) {
                    cell.layOut(Scenes.layout(trial));
                }
                for (final Arm arm : arms) {
                    held += cycle(arm, cell.timeNanos()) ? 1 : 0;
                }
                cell.step(profile.arms().getFirst().periodNanos());
            }
            draw(cell.state(), trial);
            for (final Arm arm : arms) {
                arm.close();
            }
            return held;
        }
    }

    private static boolean cycle(final Arm arm, final long nowNanos) {
        arm.poll(nowNanos);
        if (arm.mode() == Arm.Mode.DAMPING) {
            arm.arm(nowNanos);
        }
        final boolean follows = arm.mode() == Arm.Mode.ARMING || arm.mode() == Arm.Mode.HOLDING;
        if (follows) {
            arm.command(nowNanos, arm.state().position.clone(), new double[arm.axisCount()]);
        } else {
            arm.damp(nowNanos);
        }
        return follows;
    }

    private static void draw(final CellState state, final TrialSpec trial) {
        final SceneRenderer renderer = new SceneRenderer();
        final byte[] rgb = new byte[renderer.byteCount()];
        final SceneState scene = new SceneState();
        for (int i = 0; i < PICTURES; i++) {
            Scenes.observe(state, scene);
            renderer.render(scene, trial.appearance(), rgb);
        }
    }
}
