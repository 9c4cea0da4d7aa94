package dev.continuo.simulation.game;

import dev.continuo.config.TrialEvent;
import dev.continuo.simulation.cell.Layout;
import dev.continuo.simulation.render.Appearance;
import dev.continuo.simulation.scene.SceneState;
import java.util.List;

/**
 * One trial of a task on the table with three cards and a board, between two ARX arms: what has to be written for a task of one's own. Used by one thread.
 *
 * @see CardCell
 */
public interface CardTrial {

    /** What is asked for, in few words, for people: {@code 1+3}. */
    String asked();

    /** Where cards and board lie when it begins. */
    Layout layout();

    /** What they and the table look like. Takes milliseconds: asked for once. */
    Appearance appearance();

    /**
     * Looks at a scene; called for each picture of the camera.
     *
     * @param scene valid during the call
     */
    Judgement judge(SceneState scene);

    /**
     * What the first reasoning that is about this trial earned: the same things for every trial of a task.
     *
     * @param reasoning in words; empty if there was none
     */
    default List<TrialEvent.Score> scores(final String reasoning) {
        return List.of();
    }
}
