package dev.continuo.simulation.render;

import dev.continuo.simulation.render.Surroundings.Table;
import java.util.random.RandomGenerator;

/** Paints the table top that lies in view, from random numbers alone. */
public final class TablePainter {
    /** Where the painted area begins along x. */
    static final double MIN_X = 0.08;
    /** Where the painted area ends along x. */
    static final double MAX_X = 0.68;
    /** Half of the painted area along y. */
    static final double HALF_Y = 0.38;
    private static final double TEXELS_PER_METRE = 500;

    private final int seed;
    private final double[] main;
    private final double[] second;
    private final double scale;
    private final double contrast;
    private final boolean across;

    private TablePainter(final RandomGenerator random, final double saturation) {
        seed = random.nextInt();
        main = colour(random, saturation, random.nextDouble(0.25, 0.85));
        second = colour(random, saturation, random.nextDouble(0.25, 0.9));
        scale = random.nextDouble(0.75, 1.35);
        contrast = random.nextDouble(0.5, 1.2);
        across = random.nextBoolean();
    }

    /** Paints a table of a kind. */
    public static Texture paint(final Table table, final RandomGenerator random) {
        final TablePainter painter = new TablePainter(random, switch (table) {
            case FELT -> 0.65;
            case CHECKED, STRIPED -> 0.4;
            default -> 0.15;
        });
        if (table == Table.WOOD) {
            painter.stain(random);
        }
        final Texture texture = new Texture((int) (2 * HALF_Y * TEXELS_PER_METRE), (int) ((MAX_X - MIN_X) * TEXELS_PER_METRE));
        final double[] rgb = new double[3];
        for (int v = 0; v < texture.height; v++) {
            for (int u = 0; u < texture.width; u++) {
                final double a = painter.across ? u / TEXELS_PER_METRE : v / TEXELS_PER_METRE;
                final double b = painter.across ? v / TEXELS_PER_METRE : u / TEXELS_PER_METRE;
                painter.at(table, a, b, rgb);
                texture.texels[v * texture.width + u] = Texture.pack(rgb[0], rgb[1], rgb[2]);
            }
        }
        return texture;
    }

    private void stain(final RandomGenerator random) {
        final double value = random.nextDouble(0.3, 0.85);
        final double warmth = random.nextDouble(0.2, 0.5);
        main[0] = value;
        main[1] = value * (1 - 0.55 * warmth);
        main[2] = value * (1 - 1.2 * warmth);
    }

    private static double[] colour(final RandomGenerator random, final double saturation, final double value) {
        final double hue = random.nextDouble(2 * Math.PI);
        final double[] rgb = new double[3];
        for (int i = 0; i < 3; i++) {
            rgb[i] = value * (1 - saturation * (0.5 - 0.5 * Math.cos(hue + 2.1 * i)));
        }
        return rgb;
    }

    private void at(final Table table, final double a, final double b, final double[] rgb) {
        switch (table) {
            case PLAIN -> tint(rgb, main, 1 + 0.08 * (noise(a * 12, b * 12, 0) - 0.5));
            case WOOD -> wood(a, b, rgb);
            case CLOTH -> tint(rgb, main, 1 + contrast * (0.10 * Math.sin(a * 1400 * scale) * Math.sin(b * 1400 * scale)
                + 0.16 * (noise(a * 300, b * 300, 1) - 0.5) + 0.1 * (noise(a * 9, b * 9, 2) - 0.5)));
            case SPECKLED -> {
                final double speck = noise(a * 420 * scale, b * 420 * scale, 3);
                tint(rgb, main, 1 + contrast * (speck > 0.78 ? 0.3 : speck < 0.2 ? -0.3 : 0));
            }
            case MARBLE -> {
                final double cloud = noise(a * 7, b * 7, 4) + 0.5 * noise(a * 15, b * 15, 5) + 0.25 * noise(a * 33, b * 33, 6);
                final double vein = Math.pow(1 - Math.abs(Math.sin(14 * scale * (a + 0.4 * b) + 5 * cloud)), 6);
                mix(rgb, 0.55 * vein + 0.2 * cloud);
            }
            case CHECKED -> mix(rgb, (int) Math.floor(a / (0.04 * scale)) + (int) Math.floor(b / (0.04 * scale)) & 1);
            case STRIPED -> mix(rgb, Math.floorMod((int) Math.floor(a / (0.022 * scale)), 3) == 0 ? 1 : 0);
            case FELT -> tint(rgb, main, 1 + 0.3 * (noise(a * 500, b * 500, 7) - 0.5) + 0.2 * (noise(a * 90, b * 30, 8) - 0.5));
        }
    }

    private void wood(final double a, final double b, final double[] rgb) {
        final double plankWidth = 0.11 * scale;
        final int plank = (int) Math.floor(b / plankWidth);
        final double within = b / plankWidth - plank;
        final double offset = 10 * hash(plank, 17, 9);
        final double grain = noise(a * 5 + offset, b * 160, 10) + 0.6 * noise(a * 14 + offset, b * 420, 11);
        final double rings = Math.sin(60 * b + 6 * noise(a * 3 + offset, b * 14, 12));
        final double seam = within < 0.02 ? 0.75 : 1;
        tint(rgb, main, seam * (0.88 + 0.24 * hash(plank, 3, 13) + contrast * (0.16 * (grain - 0.8) + 0.05 * rings)));
    }

    private static void tint(final double[] rgb, final double[] colour, final double factor) {
        for (int i = 0; i < 3; i++) {
            rgb[i] = colour[i] * factor;
        }
    }

    private void mix(final double[] rgb, final double fraction) {
        for (int i = 0; i < 3; i++) {
            rgb[i] = main[i] + (second[i] - main[i]) * Math.min(1, fraction);
        }
    }

    /** Smooth value noise, 0 to 1, with one value per unit. */
    private double noise(final double x, final double y, final int layer) {
        final int column = (int) Math.floor(x);
        final int row = (int) Math.floor(y);
        final double fx = smooth(x - column);
        final double fy = smooth(y - row);
        final double upper = hash(column, row, layer) * (1 - fx) + hash(column + 1, row, layer) * fx;
        final double lower = hash(column, row + 1, layer) * (1 - fx) + hash(column + 1, row + 1, layer) * fx;
        return upper * (1 - fy) + lower * fy;
    }

    private static double smooth(final double t) {
        return t * t * (3 - 2 * t);
    }

    private double hash(final int x, final int y, final int layer) {
        int h = seed ^ x * 0x9e3779b1 ^ y * 0x85ebca77 ^ layer * 0xc2b2ae3d;
        h = (h ^ h >>> 15) * 0x2c1b3c6d;
        h = (h ^ h >>> 12) * 0x297a2d39;
        return (h >>> 8) * 0x1p-24;
    }
}
