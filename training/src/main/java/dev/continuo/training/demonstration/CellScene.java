package dev.continuo.training.demonstration;

import dev.continuo.simulation.cell.CellState;
import dev.continuo.simulation.physics.BodyPose;
import dev.continuo.simulation.scene.CellGeometry;
import dev.continuo.simulation.scene.SceneState;

/** Copies what physics knows into what renderer and judge look at. */
public final class CellScene {
    private CellScene() {
    }

    /** Overwrites {@code scene} with the cell's present state. */
    public static void copy(final CellState cell, final SceneState scene) {
        System.arraycopy(cell.joints, 0, scene.axes, 0, CellState.AXES);
        for (int card = 0; card < CellGeometry.CARDS; card++) {
            final BodyPose pose = cell.cards[card];
            scene.cardPosition[3 * card] = pose.x;
            scene.cardPosition[3 * card + 1] = pose.y;
            scene.cardPosition[3 * card + 2] = pose.z;
            scene.cardOrientation[4 * card] = pose.qx;
            scene.cardOrientation[4 * card + 1] = pose.qy;
            scene.cardOrientation[4 * card + 2] = pose.qz;
            scene.cardOrientation[4 * card + 3] = pose.qw;
            scene.cardHeld[card] = cell.held(card);
        }
        scene.boardX = cell.board.x;
        scene.boardY = cell.board.y;
        scene.boardYaw = cell.board.yaw();
        scene.timeNanos = cell.timeNanos;
    }
}
