package dev.continuo.simulation.render;

import java.util.SplittableRandom;

/**
 * The camera's sensor: gathers 2×2 samples to a pixel, blurs a little as a lens does, adds noise. The noise depends on the
 * look's seed and on the instant, nothing else. No allocation after construction.
 */
public final class Sensor {
    private static final int NOISE_SIZE = 1 << 19;
    private static final byte[] NOISE = new byte[NOISE_SIZE];

    static {
        final SplittableRandom random = new SplittableRandom(0x5eed);
        for (int i = 0; i < NOISE_SIZE; i++) {
            NOISE[i] = (byte) Math.clamp(Math.round(random.nextGaussian() * 32), -127, 127);
        }
    }

    private final int width;
    private final int height;
    private final int[] pixels;

    /** A sensor of so many pixels. */
    public Sensor(final int width, final int height) {
        this.width = width;
        this.height = height;
        this.pixels = new int[width * height];
    }

    /**
     * Makes a picture.
     *
     * @param samples twice as many across and down as there are pixels
     * @param rgb     receives red, green, blue of each pixel, row by row from the top left
     */
    public void expose(final Rasteriser samples, final Look look, final long timeNanos, final byte[] rgb) {
        gather(samples);
        final int around = look.blur;
        final int centre = 256 - 4 * around;
        final int noise = look.noise;
        int grain = (int) (mix(look.seed ^ mix(timeNanos)) >>> 32);
        int out = 0;
        for (int y = 0; y < height; y++) {
            final int row = y * width;
            final int above = y == 0 ? row : row - width;
            final int below = y == height - 1 ? row : row + width;
            for (int x = 0; x < width; x++) {
                final int left = pixels[row + (x == 0 ? 0 : x - 1)];
                final int right = pixels[row + (x == width - 1 ? x : x + 1)];
                final int up = pixels[above + x];
                final int down = pixels[below + x];
                final int here = pixels[row + x];
                final int redBlue = ((here & 0xff00ff) * centre
                    + ((left & 0xff00ff) + (right & 0xff00ff) + (up & 0xff00ff) + (down & 0xff00ff)) * around) >>> 8;
                final int green = ((here >> 8 & 0xff) * centre
                    + ((left >> 8 & 0xff) + (right >> 8 & 0xff) + (up >> 8 & 0xff) + (down >> 8 & 0xff)) * around) >> 8;
                rgb[out] = noisy(redBlue >> 16 & 0xff, noise, grain);
                rgb[out + 1] = noisy(green, noise, grain + 1);
                rgb[out + 2] = noisy(redBlue & 0xff, noise, grain + 2);
                out += 3;
                grain += 3;
            }
        }
    }

    private void gather(final Rasteriser samples) {
        final int[] from = samples.colour;
        final int stride = samples.width;
        for (int y = 0; y < height; y++) {
            int at = 2 * y * stride;
            final int row = y * width;
            for (int x = 0; x < width; x++, at += 2) {
                final int a = from[at];
                final int b = from[at + 1];
                final int c = from[at + stride];
                final int d = from[at + stride + 1];
                final int redBlue = ((a & 0xff00ff) + (b & 0xff00ff) + (c & 0xff00ff) + (d & 0xff00ff) + 0x20002) >>> 2 & 0xff00ff;
                final int green = ((a & 0xff00) + (b & 0xff00) + (c & 0xff00) + (d & 0xff00) + 0x200) >>> 2 & 0xff00;
                pixels[row + x] = redBlue | green;
            }
        }
    }

    private static byte noisy(final int value, final int noise, final int grain) {
        final int noisy = value + (NOISE[grain & NOISE_SIZE - 1] * noise + 256 >> 9);
        return (byte) (noisy < 0 ? 0 : Math.min(noisy, 255));
    }

    private static long mix(final long value) {
        long z = value * 0x9e3779b97f4a7c15L;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        return z ^ z >>> 27;
    }
}
