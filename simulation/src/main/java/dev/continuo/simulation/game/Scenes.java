package dev.continuo.simulation.game;

import dev.continuo.simulation.cell.CellState;
import dev.continuo.simulation.cell.Layout;
import dev.continuo.simulation.physics.BodyPose;
import dev.continuo.simulation.scene.CellGeometry;
import dev.continuo.simulation.scene.SceneState;
import dev.continuo.simulation.task.TrialSpec;
import java.util.ArrayList;
import java.util.List;

/** Translates between trials, the physics of the cell, and what renderer and judge see. */
public final class Scenes {
    private Scenes() {
    }

    /** Where physics has to lay the things of a trial. */
    public static Layout layout(final TrialSpec trial) {
        final SceneState state = new SceneState();
        trial.layOut(state);
        final List<Layout.Card> cards = new ArrayList<>();
        for (int card = 0; card < CellGeometry.CARDS; card++) {
            final double yaw = 2 * Math.atan2(state.cardOrientation[4 * card + 2], state.cardOrientation[4 * card + 3]);
            cards.add(new Layout.Card(trial.cards().get(card), state.card(card, 0), state.card(card, 1), yaw));
        }
        return new Layout(cards, state.boardX, state.boardY, state.boardYaw);
    }

    /** Takes over what physics says; allocates nothing. */
    public static void observe(final CellState cell, final SceneState into) {
        System.arraycopy(cell.joints, 0, into.axes, 0, into.axes.length);
        for (int card = 0; card < CellGeometry.CARDS; card++) {
            final BodyPose pose = cell.cards[card];
            into.cardPosition[3 * card] = pose.x;
            into.cardPosition[3 * card + 1] = pose.y;
            into.cardPosition[3 * card + 2] = pose.z;
            into.cardOrientation[4 * card] = pose.qx;
            into.cardOrientation[4 * card + 1] = pose.qy;
            into.cardOrientation[4 * card + 2] = pose.qz;
            into.cardOrientation[4 * card + 3] = pose.qw;
            into.cardHeld[card] = cell.held(card);
        }
        into.boardX = cell.board.x;
        into.boardY = cell.board.y;
        into.boardYaw = cell.board.yaw();
        into.timeNanos = cell.timeNanos;
    }
}
