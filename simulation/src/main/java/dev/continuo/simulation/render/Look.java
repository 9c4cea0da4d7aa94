package dev.continuo.simulation.render;

import java.util.SplittableRandom;

/**
 * How any scene is seen, whatever is in it: light, colours of materials, the camera's small misalignment, its noise. Drawn from a seed. Immutable once it is painted; may be shared
 * between renderers.
 */
public final class Look {
    private static final double CAMERA_SHIFT = 0.003;
    private static final double CAMERA_TURN = Math.toRadians(0.5);

    final long seed;
    /** Red, green, blue 0 to 1 of each material. */
    final float[] palette;
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

    /**
     * Draws a look, as yet without colours.
     *
     * @param materials how many materials there are
     * @param seed      of the noise of the pictures
     */
    public Look(final int materials, final long seed, final SplittableRandom random) {
        this.seed = seed;
        palette = new float[3 * materials];
        light = Light.draw(random);
        shadow = random.nextInt(70, 130);
        noise = random.nextInt(8, 56);
        blur = random.nextInt(0, 34);
        for (int i = 0; i < 3; i++) {
            cameraOffset[i] = random.nextDouble(-CAMERA_SHIFT, CAMERA_SHIFT);
            cameraOffset[3 + i] = random.nextDouble(-CAMERA_TURN, CAMERA_TURN);
        }
    }

    /** Paints a material: red, green, blue from 0 to 1. */
    public void paint(final int material, final double red, final double green, final double blue) {
        palette[3 * material] = (float) red;
        palette[3 * material + 1] = (float) green;
        palette[3 * material + 2] = (float) blue;
    }

    /** Misalignment of the camera: x, y, z in metres, roll, pitch, yaw in radians; a copy. */
    public double[] cameraOffset() {
        return cameraOffset.clone();
    }
}
