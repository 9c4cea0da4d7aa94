package dev.continuo.perception.v4l2;

/** Pixels as brightness and shared colour, ITU-R BT.601 in its limited range, two in four bytes: Y U Y V. */
final class Yuyv {
    private static final int BLACK = 16;
    private static final int GREY = 128;

    private Yuyv() {
    }

    /**
     * Converts a picture.
     *
     * @param lineBytes bytes from one row to the next
     * @param width     pixels, even
     * @param rgb       receives red, green, blue of each pixel, row by row
     */
    static void toRgb(final byte[] yuyv, final int lineBytes, final int width, final int height, final byte[] rgb) {
        int to = 0;
        for (int row = 0; row < height; row++) {
            int from = row * lineBytes;
            for (int pair = 0; pair < width / 2; pair++) {
                final int u = (yuyv[from + 1] & 0xFF) - GREY;
                final int v = (yuyv[from + 3] & 0xFF) - GREY;
                final int red = 409 * v + GREY;
                final int green = -100 * u - 208 * v + GREY;
                final int blue = 516 * u + GREY;
                to = pixel(298 * ((yuyv[from] & 0xFF) - BLACK), red, green, blue, rgb, to);
                to = pixel(298 * ((yuyv[from + 2] & 0xFF) - BLACK), red, green, blue, rgb, to);
                from += 4;
            }
        }
    }

    private static int pixel(final int brightness, final int red, final int green, final int blue, final byte[] rgb, final int at) {
        rgb[at] = (byte) Math.clamp(brightness + red >> 8, 0, 255);
        rgb[at + 1] = (byte) Math.clamp(brightness + green >> 8, 0, 255);
        rgb[at + 2] = (byte) Math.clamp(brightness + blue >> 8, 0, 255);
        return at + 3;
    }
}
