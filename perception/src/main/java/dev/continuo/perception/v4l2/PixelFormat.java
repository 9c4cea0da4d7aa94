package dev.continuo.perception.v4l2;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How pixels come from a camera, as far as they are understood here. */
public enum PixelFormat {
    /** Two pixels in four bytes, brightness and shared colour; nothing is lost and nothing has to be decoded. */
    YUYV(0x56595559),
    /** A JPEG per picture: a tenth of the bytes. */
    MJPG(0x47504a4d);

    private final int fourCc;

    PixelFormat(final int fourCc) {
        this.fourCc = fourCc;
    }

    /** The number on the system's side. */
    int fourCc() {
        return fourCc;
    }

    /** The format of a number, if it is understood. */
    static Optional<PixelFormat> of(final int fourCc) {
        return Arrays.stream(values()).filter(format -> format.fourCc == fourCc).findFirst();
    }

    /** The format of a name, in any case. */
    static Optional<PixelFormat> named(final String name) {
        return Arrays.stream(values()).filter(format -> format.name().equals(name.toUpperCase(Locale.ROOT))).findFirst();
    }

    /** The four letters of a number, for people. */
    static String text(final int fourCc) {
        final byte[] letters = {(byte) fourCc, (byte) (fourCc >> 8), (byte) (fourCc >> 16), (byte) (fourCc >> 24)};
        return new String(letters, StandardCharsets.ISO_8859_1).strip();
    }
}
