package dev.continuo.recording.lerobot;

import java.util.Map;

/**
 * One moment of an episode. The arrays are the frame's own.
 *
 * @param index            its number in the episode, from 0
 * @param timestampSeconds since the episode's begin
 * @param state            {@code observation.state}; empty if the dataset has none
 * @param action           {@code action}; empty if the dataset has none
 * @param vectors          further vectors by the features' names
 * @param pictures         by the cameras' names: red, green, blue of each pixel, row by row from the top left
 */
public record LeRobotFrame(int index, double timestampSeconds, float[] state, float[] action, Map<String, float[]> vectors, Map<String, byte[]> pictures) {
}
