package dev.continuo.training.data;

import dev.continuo.policy.NormalizationStatistics;
import java.util.Map;
import java.util.Optional;

/**
 * What the robots' demonstrations give to a training.
 *
 * @param cards      demonstrations of math matching
 * @param toys       demonstrations of toy placement, where the Franka is trained too
 * @param statistics the units of each robot's states and actions
 * @param readyAxes  14 axis positions of ARX arms that wait
 */
public record Demonstrated(
    DemonstrationSet cards, Optional<ToyDemonstrationSet> toys, Map<Robot, NormalizationStatistics> statistics, float[] readyAxes) {
}
