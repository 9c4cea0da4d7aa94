package dev.continuo.simulation.toys;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.imageio.ImageIO;

/** What toys look like: the picture on an object's sides, the colour of a target. */
public final class ToyPictures {
    private static final Map<String, BufferedImage> PICTURES = new ConcurrentHashMap<>();
    private static final Map<String, double[]> COLOURS = Map.of(
        "pink block", new double[] {0.93, 0.45, 0.62}, "blue block", new double[] {0.15, 0.35, 0.80}, "green block", new double[] {0.16, 0.58, 0.25},
        "yellow block", new double[] {0.93, 0.80, 0.15}, "red block", new double[] {0.80, 0.12, 0.12}, "purple block", new double[] {0.45, 0.20, 0.62},
        "white block", new double[] {0.93, 0.93, 0.92}, "black block", new double[] {0.09, 0.09, 0.10});

    private ToyPictures() {
    }

    /** The picture on an object, in parts transparent; not to be changed. */
    public static BufferedImage of(final Toy object) {
        return PICTURES.computeIfAbsent(object.name(), ToyPictures::read);
    }

    /** Red, green, blue of a target, 0 to 1. */
    public static double[] colour(final Toy target) {
        return COLOURS.get(target.name()).clone();
    }

    private static BufferedImage read(final String name) {
        try (InputStream file = ToyPictures.class.getResourceAsStream("/toys/pictures/" + name.replace(' ', '-') + ".png")) {
            return ImageIO.read(file);
        } catch (final IOException damaged) {
            throw new UncheckedIOException("the picture of the " + name, damaged);
        }
    }
}
