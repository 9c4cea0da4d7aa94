package dev.continuo.training.data;

import dev.continuo.reasoning.network.ImagePatches;
import java.util.Optional;

/**
 * One thing to learn: what is shown and asked, what should be said, and, for robot data, what should be done.
 *
 * @param image  what is shown, if anything
 * @param prompt what is asked
 * @param answer what should be said
 * @param motion what should be done; empty for image-text data
 * @param truth  what is true about the image; empty if nothing is told
 */
public record Example(Optional<ImagePatches> image, String prompt, String answer, Optional<Motion> motion, Optional<Truth> truth) {

    /**
     * What is true about an image.
     *
     * @param symbols the kinds of {@link SymbolMap}
     * @param scene   the numbers of {@link SceneTruth#ofScene} or {@link ToyTruth#ofScene}; none unless it shows a whole scene
     * @param asked   for each image token what of {@link ToyTruth#ASKED} has its middle there; none unless it shows a table of toys
     * @param next    the numbers of {@link SceneTruth#ofReasoning} or {@link ToyTruth#ofReasoning}; none unless it shows a whole scene
     */
    public record Truth(int[] symbols, int[] asked, float[] scene, float[] next) {
    }

    /**
     * What a robot should do.
     *
     * @param state   where the robot is: 14 measured axis positions, or the ten numbers of a pose; SI units
     * @param actions the chunk, row by row, of as many columns, SI units
     * @param valid   per row, 1 if it counts and 0 if not
     */
    public record Motion(float[] state, float[] actions, float[] valid) {
    }
}
