package dev.continuo.simulation.handwriting;

/**
 * How much ink covers each pixel of a sheet: 0 none, 255 full. Row 0 is the top of the writing. Not safe for use by several threads.
 */
public final class InkMap {
    private static final float SOFTNESS = 96f;

    private final double widthMetres;
    private final double heightMetres;
    private final int width;
    private final int height;
    private final float pixelsPerMetre;
    private final byte[] ink;

    /** A blank sheet of {@code widthMetres} by {@code heightMetres}. */
    public InkMap(final double widthMetres, final double heightMetres, final double pixelsPerMetre) {
        this.widthMetres = widthMetres;
        this.heightMetres = heightMetres;
        this.width = (int) Math.round(widthMetres * pixelsPerMetre);
        this.height = (int) Math.round(heightMetres * pixelsPerMetre);
        this.pixelsPerMetre = (float) pixelsPerMetre;
        this.ink = new byte[width * height];
    }

    /** Width in metres. */
    public double widthMetres() {
        return widthMetres;
    }

    /** Height in metres. */
    public double heightMetres() {
        return heightMetres;
    }

    /** Width in pixels. */
    public int width() {
        return width;
    }

    /** Height in pixels. */
    public int height() {
        return height;
    }

    /** Ink at a pixel, 0 to 255. */
    public int at(final int x, final int y) {
        return ink[y * width + x] & 0xff;
    }

    /**
     * How a glyph is put on a sheet. Lengths in metres, the place counted from the sheet's top left corner.
     *
     * @param centreX         where the middle of the ink goes, to the right
     * @param centreY         where the middle of the ink goes, downwards
     * @param width           width of the ink before slant and rotation
     * @param height          height of the ink before slant and rotation
     * @param slant           shift to the right per height: positive leans right
     * @param rotationRadians rotation, positive turns clockwise
     * @param threshold       0 to 255: ink of the image counts above it; a low one makes the stroke thick
     * @param strength        0 to 1: how dark full ink is
     */
    public record Stamp(
        double centreX, double centreY, double width, double height, double slant, double rotationRadians, double threshold,
        double strength) {
    }

    /** Draws a glyph; where ink lies already the darker of both remains. */
    public void draw(final Glyph glyph, final Stamp stamp) {
        final float reach = (float) (Math.hypot(stamp.width(), stamp.height()) * (0.6 + Math.abs(stamp.slant()))) * pixelsPerMetre + 2;
        final float centreX = (float) stamp.centreX() * pixelsPerMetre;
        final float centreY = (float) stamp.centreY() * pixelsPerMetre;
        final int firstX = Math.max(0, (int) (centreX - reach));
        final int lastX = Math.min(width - 1, (int) (centreX + reach));
        final int firstY = Math.max(0, (int) (centreY - reach));
        final int lastY = Math.min(height - 1, (int) (centreY + reach));
        final float cos = (float) Math.cos(stamp.rotationRadians());
        final float sin = (float) Math.sin(stamp.rotationRadians());
        final float slant = (float) stamp.slant();
        final float glyphX = (glyph.left() + glyph.right()) / 2f;
        final float glyphY = (glyph.top() + glyph.bottom()) / 2f;
        final float scaleX = (float) (glyph.width() / (stamp.width() * pixelsPerMetre));
        final float scaleY = (float) (glyph.height() / (stamp.height() * pixelsPerMetre));
        for (int y = firstY; y <= lastY; y++) {
            for (int x = firstX; x <= lastX; x++) {
                final float dx = x + 0.5f - centreX;
                final float dy = y + 0.5f - centreY;
                final float turnedY = -sin * dx + cos * dy;
                final float turnedX = cos * dx + sin * dy + slant * turnedY;
                final float value = glyph.sample(glyphX + turnedX * scaleX, glyphY + turnedY * scaleY);
                final float alpha = value == 0 ? 0 : Math.clamp((value - (float) stamp.threshold()) / SOFTNESS + 0.5f, 0f, 1f);
                final int drawn = (int) (alpha * stamp.strength() * 255);
                final int at = y * width + x;
                if (drawn > (ink[at] & 0xff)) {
                    ink[at] = (byte) drawn;
                }
            }
        }
    }
}
