package dev.continuo.simulation.toys;

import dev.continuo.simulation.task.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All toys there are. Which ones the robot's demonstrations may show is fixed here, by name, so that the splits are disjoint by construction; pictures of all of them are in the image-text
 * data, as a vision-language model has seen them all long before it sees a robot.
 */
public final class ToyShelf {
    private static final List<Toy> ALL = Stream.of(
        toys(Toy.Role.OBJECT, Split.IN_DOMAIN, "apple", "avocado", "banana", "basketball", "bus", "car", "carrot", "clock", "dice", "duck", "fish", "football",
            "frog", "gift", "grapes", "lemon", "mug", "pear", "robot", "rocket", "star", "strawberry", "teddy bear", "train"),
        toys(Toy.Role.OBJECT, Split.OPEN_WORLD, "baseball", "bell", "broccoli", "burger", "cactus", "camera", "cheese", "chick", "cookie", "corn", "crown",
            "dinosaur", "doughnut", "eggplant", "helicopter", "light bulb", "mushroom", "octopus", "orange", "panda", "peach", "penguin", "pig", "pineapple",
            "tiger", "tractor"),
        toys(Toy.Role.TARGET, Split.IN_DOMAIN, "pink block", "blue block", "green block", "yellow block"),
        toys(Toy.Role.TARGET, Split.OPEN_WORLD, "red block", "purple block", "white block", "black block")).flatMap(List::stream).toList();

    private ToyShelf() {
    }

    private static List<Toy> toys(final Toy.Role role, final Split split, final String... names) {
        final List<Toy> toys = new ArrayList<>();
        for (final String name : names) {
            toys.add(new Toy(name, role, split));
        }
        return List.copyOf(toys);
    }

    /** All toys. */
    public static List<Toy> all() {
        return ALL;
    }

    /** Those of a role and a split. */
    public static List<Toy> of(final Toy.Role role, final Split split) {
        return ALL.stream().filter(toy -> toy.role() == role && toy.split() == split).toList();
    }

    /** The toy of a name, whatever its case. */
    public static Optional<Toy> named(final String name) {
        final String plain = name.strip().toLowerCase(Locale.ROOT);
        return ALL.stream().filter(toy -> toy.name().equals(plain)).findFirst();
    }
}
