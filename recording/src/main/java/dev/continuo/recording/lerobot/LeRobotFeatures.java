package dev.continuo.recording.lerobot;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What every frame of a dataset holds. The order is that of the columns.
 *
 * @param state   the names of the dimensions of {@code observation.state}; empty if there is none
 * @param action  the names of the dimensions of {@code action}; empty if there is none
 * @param vectors further vectors of floats: for each feature's name the names of its dimensions
 * @param cameras whose pictures there are
 */
public record LeRobotFeatures(List<String> state, List<String> action, Map<String, List<String>> vectors, List<LeRobotCamera> cameras) {
    /** The robot's state. */
    static final String STATE = "observation.state";
    /** What the robot was told to do. */
    static final String ACTION = "action";
    /** What LeRobot adds to every frame by itself. */
    static final List<String> DEFAULTS = List.of("timestamp", "frame_index", "episode_index", "index", "task_index");

    /** @throws IllegalArgumentException if a name is taken twice, has a slash, or a further vector has no dimensions */
    public LeRobotFeatures {
        state = List.copyOf(state);
        action = List.copyOf(action);
        cameras = List.copyOf(cameras);
        final Map<String, List<String>> copies = new LinkedHashMap<>();
        vectors.forEach((name, dimensions) -> copies.put(name, List.copyOf(dimensions)));
        vectors = Collections.unmodifiableMap(copies);
        final Set<String> names = new LinkedHashSet<>(DEFAULTS);
        names.add(STATE);
        names.add(ACTION);
        // How LeRobot calls the text that it adds to a frame.
        names.add("task");
        vectors.forEach((name, dimensions) -> {
            requireFree(names, name);
            if (dimensions.isEmpty() || name.isEmpty() || name.contains("/")) {
                throw new IllegalArgumentException("a feature needs dimensions and a name without slashes: '" + name + "'");
            }
        });
        cameras.forEach(camera -> requireFree(names, camera.key()));
    }

    private static void requireFree(final Set<String> names, final String name) {
        if (!names.add(name)) {
            throw new IllegalArgumentException("there is a feature " + name + " already");
        }
    }

    /** All vectors of floats, state and action first. */
    Map<String, List<String>> numbers() {
        final Map<String, List<String>> all = new LinkedHashMap<>();
        if (!state.isEmpty()) {
            all.put(STATE, state);
        }
        if (!action.isEmpty()) {
            all.put(ACTION, action);
        }
        all.putAll(vectors);
        return all;
    }
}
