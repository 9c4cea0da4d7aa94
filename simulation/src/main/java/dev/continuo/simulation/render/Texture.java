package dev.continuo.simulation.render;

import java.awt.image.BufferedImage;
import java.util.Arrays;

/** A picture that is laid over a quadrangle: packed 0xRRGGBB texels, row by row from the top left. */
public final class Texture {
    final int width;
    final int height;
    final int[] texels;

    Texture(final int width, final int height) {
        this.width = width;
        this.height = height;
        this.texels = new int[width * height];
    }

    /**
     * A picture laid on a coloured ground.
     *
     * @param ground red, green, blue from 0 to 1 of what shows through where the picture is transparent
     * @param share  of the texture's width and height that the picture takes, in its middle
     */
    public static Texture of(final BufferedImage picture, final double[] ground, final double share) {
        final int width = (int) Math.round(picture.getWidth() / share);
        final int height = (int) Math.round(picture.getHeight() / share);
        final Texture texture = new Texture(width, height);
        final int paper = pack(ground[0], ground[1], ground[2]);
        Arrays.fill(texture.texels, paper);
        final int left = (width - picture.getWidth()) / 2;
        final int top = (height - picture.getHeight()) / 2;
        for (int v = 0; v < picture.getHeight(); v++) {
            for (int u = 0; u < picture.getWidth(); u++) {
                final int argb = picture.getRGB(u, v);
                texture.texels[(top + v) * width + left + u] = mix(paper, argb & 0xffffff, (argb >>> 24) * 256 / 255);
            }
        }
        return texture;
    }

    /** Bilinear sample at texel coordinates, clamped to the borders; texel (0, 0) has its centre at (0.5, 0.5). */
    int sample(final float u, final float v) {
        final int fixedU = (int) (Math.clamp(u - 0.5f, 0f, width - 1.001f) * 256);
        final int fixedV = (int) (Math.clamp(v - 0.5f, 0f, height - 1.001f) * 256);
        final int at = (fixedV >> 8) * width + (fixedU >> 8);
        final int fu = fixedU & 255;
        final int fv = fixedV & 255;
        final int upper = mix(texels[at], texels[at + 1], fu);
        final int lower = mix(texels[at + width], texels[at + width + 1], fu);
        return mix(upper, lower, fv);
    }

    /** Mixes two packed colours: {@code fraction} 0 is the first, 256 the second. */
    static int mix(final int first, final int second, final int fraction) {
        final int rest = 256 - fraction;
        final int redBlue = ((first & 0xff00ff) * rest + (second & 0xff00ff) * fraction) >>> 8 & 0xff00ff;
        final int green = ((first & 0x00ff00) * rest + (second & 0x00ff00) * fraction) >>> 8 & 0x00ff00;
        return redBlue | green;
    }

    /** A packed colour of components 0 to 1, clamped. */
    static int pack(final double red, final double green, final double blue) {
        return channel(red) << 16 | channel(green) << 8 | channel(blue);
    }

    private static int channel(final double value) {
        return (int) (Math.clamp(value, 0.0, 1.0) * 255 + 0.5);
    }
}
