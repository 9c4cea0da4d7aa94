package dev.continuo.simulation.render;

import dev.continuo.simulation.handwriting.EquationLine;
import dev.continuo.simulation.handwriting.Handwriting;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Everything about a scene that is seen but does not move: table, light, handwriting, colours, the camera's small misalignment, its
 * noise. Drawn from a seed; the same seed gives the same pictures. Immutable; may be shared between renderers.
 */
public final class Appearance {
    private static final double CAMERA_SHIFT = 0.003;
    private static final double CAMERA_TURN = Math.toRadians(0.5);

    final long seed;
    final Texture table;
    final Texture board;
    final Texture[] cards;
    private final List<EquationLine.Written> boardLine;
    /** Red, green, blue 0 to 1 of each material of {@link ArmMeshes}. */
    final float[] palette = new float[3 * ArmMeshes.MATERIALS];
    final Light light;
    /** Misalignment of the camera: x, y, z in metres, roll, pitch, yaw in radians. */
    final double[] cameraOffset = new double[6];
    /** 0 to 256: how much light a shadow takes. */
    final int shadow;
    /** Standard deviation of the sensor's noise, in 1/16 of a colour step. */
    final int noise;
    /** 0 to 40: what each neighbour adds to a pixel, of 256. */
    final int blur;

    /**
     * A lamp and the light from everywhere.
     *
     * @param x       place of the lamp, metres
     * @param y       place of the lamp, metres
     * @param z       place of the lamp, metres
     * @param rgb     strength of the lamp on a surface that faces it
     * @param ambient strength of the light from everywhere
     */
    record Light(float x, float y, float z, float[] rgb, float[] ambient) {
        static Light draw(final SplittableRandom random) {
            final double azimuth = random.nextDouble(2 * Math.PI);
            final double distance = random.nextDouble(0.15, 0.9);
            final double total = random.nextDouble(0.78, 1.12);
            final double lamp = total * random.nextDouble(0.35, 0.65);
            final double warmth = random.nextDouble(-0.08, 0.12);
            return new Light(
                (float) (0.38 + distance * Math.cos(azimuth)), (float) (distance * Math.sin(azimuth)), (float) random.nextDouble(1.3, 2.2),
                warm(lamp, warmth), warm(total - lamp, random.nextDouble(-0.06, 0.06)));
        }

        private static float[] warm(final double strength, final double warmth) {
            return new float[] {(float) (strength * (1 + warmth)), (float) strength, (float) (strength * (1 - 1.2 * warmth))};
        }
    }

    private Appearance(
        final Surroundings surroundings, final Handwriting writers, final String text, final List<Integer> values, final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        this.seed = seed;
        this.light = Light.draw(random);
        this.shadow = random.nextInt(70, 130);
        this.noise = random.nextInt(8, 56);
        this.blur = random.nextInt(0, 34);
        for (int i = 0; i < 3; i++) {
            cameraOffset[i] = random.nextDouble(-CAMERA_SHIFT, CAMERA_SHIFT);
            cameraOffset[3 + i] = random.nextDouble(-CAMERA_TURN, CAMERA_TURN);
        }
        this.table = TablePainter.paint(surroundings.pick(random), random.split());
        final SheetPainter painter = new SheetPainter(writers, random.split());
        final SheetPainter.Board painted = painter.board(text);
        this.board = painted.face();
        this.boardLine = painted.line();
        this.cards = new Texture[values.size()];
        final double[] paper = painter.paper(0.82, 1.0, 0.14);
        for (int i = 0; i < cards.length; i++) {
            cards[i] = painter.card(values.get(i), paper);
        }
        paintArms(random, paper);
    }

    /**
     * Draws an appearance.
     *
     * @param surroundings what table and light may look like
     * @param writers      whose hands wrote board and cards
     * @param boardText    what stands on the board: digits and {@code + - × ÷ =}
     * @param cardValues   the digits on the cards, from left to right
     */
    public static Appearance draw(
        final Surroundings surroundings, final Handwriting writers, final String boardText, final List<Integer> cardValues,
        final long seed) {
        return new Appearance(surroundings, writers, boardText, cardValues, seed);
    }

    /** The seed that this was drawn from. */
    public long seed() {
        return seed;
    }

    /** What is written on the board, from left to right; places on the board's sheet. */
    public List<EquationLine.Written> boardLine() {
        return boardLine;
    }

    private void paintArms(final SplittableRandom random, final double[] paper) {
        final double body = random.nextDouble(0.20, 0.36);
        final double motor = random.nextDouble(0.07, 0.14);
        set(ArmMeshes.BODY, body, body, body * 1.04);
        set(ArmMeshes.MOTOR, motor, motor, motor * 1.05);
        set(ArmMeshes.ACCENT, random.nextDouble(0.65, 0.9), random.nextDouble(0.2, 0.4), random.nextDouble(0.05, 0.15));
        set(ArmMeshes.PAD, 0.42, 0.43, 0.45);
        set(ArmMeshes.CARD, 0.86 * paper[0], 0.86 * paper[1], 0.86 * paper[2]);
    }

    private void set(final int material, final double red, final double green, final double blue) {
        palette[3 * material] = (float) red;
        palette[3 * material + 1] = (float) green;
        palette[3 * material + 2] = (float) blue;
    }
}
