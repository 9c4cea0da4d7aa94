package dev.continuo.recording.lerobot;

import java.util.List;

/**
 * An episode of a dataset.
 *
 * @param index  its number, from 0
 * @param tasks  what was to be done, in words; nearly always one
 * @param length how many frames it has
 */
public record LeRobotEpisode(int index, List<String> tasks, int length) {
    /** Copies the list. */
    public LeRobotEpisode {
        tasks = List.copyOf(tasks);
    }

    /** What was to be done, in words; empty if the dataset does not say. */
    public String task() {
        return tasks.isEmpty() ? "" : tasks.getFirst();
    }
}
