package dev.continuo.training.data;

import dev.continuo.simulation.toys.PictureBox;
import dev.continuo.simulation.toys.Toy;
import dev.continuo.simulation.toys.ToyPictures;
import dev.continuo.simulation.toys.ToyShelf;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Paints small pages full of toys, about as large and as seen from as high as the camera sees them: many more toys in a picture, and in a second, than a scene has. For one thread.
 */
final class ToyPagePainter {
    private static final int FINER = 3;
    private static final int TRIES = 40;
    private static final int MOST_TOYS = 6;
    /** Widths in which objects are seen, and somewhat beyond; pixels. */
    private static final double NARROWEST = 14;
    private static final double WIDEST = 26;
    /** What is seen of a block's front and of its top, in heights and lengths. */
    private static final double FRONT = 0.78;
    private static final double TOP = 0.62;
    private static final double TARGET_SHARE = 0.25;
    private static final double MOST_LEAN = 0.35;
    /** What a picture takes of a block's side. */
    private static final double SHARE = 0.92;

    private final int side;
    private final BufferedImage canvas;

    /** A painter of square pages of so many pixels. */
    ToyPagePainter(final int side) {
        this.side = side;
        canvas = new BufferedImage(FINER * side, FINER * side, BufferedImage.TYPE_INT_RGB);
    }

    /**
     * A page.
     *
     * @param rgb   its pixels
     * @param toys  which toy is seen where
     * @param shown the toys on it
     */
    record Page(byte[] rgb, SymbolMap toys, List<Shown> shown) {
    }

    /**
     * A toy on a page.
     *
     * @param box what is seen of it
     */
    record Shown(Toy toy, PictureBox box) {
    }

    /** A page. */
    Page page(final RandomGenerator random) {
        final SymbolMap toys = new SymbolMap(side, side);
        final Graphics2D pen = canvas.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        paintTable(pen, random);
        final double width = random.nextDouble(NARROWEST, WIDEST);
        final List<Shown> shown = new ArrayList<>();
        final double[] xs = new double[MOST_TOYS];
        final double[] ys = new double[MOST_TOYS];
        int painted = 0;
        for (int attempt = 0; attempt < TRIES && painted < MOST_TOYS; attempt++) {
            final double x = random.nextDouble(0, side);
            final double y = random.nextDouble(0, side);
            if (isFree(x, y, 1.5 * width, xs, ys, painted)) {
                xs[painted] = x;
                ys[painted++] = y;
                final Toy toy = any(random);
                shown.add(new Shown(toy, paint(pen, toy, x, y, width * random.nextDouble(0.94, 1.06), random)));
                toys.put(ToyTruth.kind(toy), x, y);
            }
        }
        pen.dispose();
        return new Page(exposed(random), toys, shown);
    }

    private static boolean isFree(final double x, final double y, final double apart, final double[] xs, final double[] ys, final int count) {
        for (int i = 0; i < count; i++) {
            if (Math.hypot(x - xs[i], y - ys[i]) < apart) {
                return false;
            }
        }
        return true;
    }

    private static Toy any(final RandomGenerator random) {
        final Toy.Role role = random.nextDouble() < TARGET_SHARE ? Toy.Role.TARGET : Toy.Role.OBJECT;
        final List<Toy> toys = ToyShelf.all().stream().filter(toy -> toy.role() == role).toList();
        return toys.get(random.nextInt(toys.size()));
    }

    /** A plain table, with a sheet or shadow of another brightness on it. */
    private void paintTable(final Graphics2D pen, final RandomGenerator random) {
        pen.setColor(grey(random));
        pen.fillRect(0, 0, canvas.getWidth(), canvas.getHeight());
        pen.setColor(new Color(0, 0, 0, random.nextInt(110)));
        pen.fillRect(random.nextInt(-side, FINER * side), random.nextInt(-side, FINER * side), random.nextInt(side, FINER * side), random.nextInt(side, FINER * side));
    }

    private static Color grey(final RandomGenerator random) {
        final float light = random.nextFloat(0.15f, 0.85f);
        return new Color(tinted(light, random), tinted(light, random), tinted(light, random));
    }

    private static float tinted(final float light, final RandomGenerator random) {
        return Math.clamp(light * random.nextFloat(0.8f, 1.2f), 0f, 1f);
    }

    private PictureBox paint(final Graphics2D pen, final Toy toy, final double x, final double y, final double objectWidth, final RandomGenerator random) {
        final double scale = FINER * objectWidth / Toy.Role.OBJECT.width();
        final double width = scale * toy.role().width();
        final double front = scale * toy.role().height() * FRONT;
        final double top = scale * toy.role().width() * TOP;
        final double lean = top * random.nextDouble(-MOST_LEAN, MOST_LEAN);
        final double left = FINER * x - width / 2 - lean / 2;
        final double edge = FINER * y - (front - top) / 2;
        final boolean plain = toy.role() == Toy.Role.TARGET;
        final double[] paper = plain ? ToyPictures.colour(toy) : new double[] {0.9, 0.89, 0.85};
        final double frontLight = random.nextDouble(0.45, 1.0);
        final double topLight = Math.min(1.05, frontLight * random.nextDouble(0.95, 1.7));
        final AffineTransform frontSide = new AffineTransform(width, 0, random.nextDouble(-0.06, 0.06) * front, front, left, edge);
        final AffineTransform topSide = new AffineTransform(width, 0, -lean, top, left + lean, edge - top);
        paintSide(pen, frontSide, paper, frontLight, toy);
        paintSide(pen, topSide, paper, topLight, toy);
        final double page = FINER * side;
        return PictureBox.of((left + Math.min(0, lean)) / page, (edge - top) / page, (left + width + Math.max(0, lean)) / page, (edge + front) / page);
    }

    /** A side of a block: the unit square in the place that a transform gives it. */
    private static void paintSide(final Graphics2D pen, final AffineTransform place, final double[] paper, final double light, final Toy toy) {
        final Path2D square = new Path2D.Double();
        square.moveTo(0, 0);
        square.lineTo(1, 0);
        square.lineTo(1, 1);
        square.lineTo(0, 1);
        square.closePath();
        square.transform(place);
        pen.setColor(new Color((float) paper[0], (float) paper[1], (float) paper[2]));
        pen.fill(square);
        if (toy.role() == Toy.Role.OBJECT) {
            final BufferedImage picture = ToyPictures.of(toy);
            final AffineTransform onSide = new AffineTransform(place);
            onSide.translate((1 - SHARE) / 2, (1 - SHARE) / 2);
            onSide.scale(SHARE / picture.getWidth(), SHARE / picture.getHeight());
            pen.drawImage(picture, onSide, null);
        }
        pen.setColor(new Color(0, 0, 0, (float) Math.clamp(1 - light, 0, 1)));
        pen.fill(square);
    }

    private byte[] exposed(final RandomGenerator random) {
        final double light = random.nextDouble(0.7, 1.1);
        final double noise = random.nextDouble(0.5, 3.5);
        final byte[] rgb = new byte[3 * side * side];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                int red = 0;
                int green = 0;
                int blue = 0;
                for (int sub = 0; sub < FINER * FINER; sub++) {
                    final int pixel = canvas.getRGB(FINER * x + sub % FINER, FINER * y + sub / FINER);
                    red += pixel >> 16 & 0xff;
                    green += pixel >> 8 & 0xff;
                    blue += pixel & 0xff;
                }
                final int at = 3 * (y * side + x);
                rgb[at] = exposed(red, light, noise, random);
                rgb[at + 1] = exposed(green, light, noise, random);
                rgb[at + 2] = exposed(blue, light, noise, random);
            }
        }
        return rgb;
    }

    private static byte exposed(final int sum, final double light, final double noise, final RandomGenerator random) {
        return (byte) Math.clamp(Math.round(light * sum / (FINER * FINER) + noise * random.nextGaussian()), 0, 255);
    }
}
