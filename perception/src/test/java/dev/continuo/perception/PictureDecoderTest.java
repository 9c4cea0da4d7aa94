package dev.continuo.perception;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.junit.jupiter.api.Test;

final class PictureDecoderTest {
    private static final int START_OF_FRAME = 0xC0;

    private final PictureDecoder decoder = new PictureDecoder(32, 24);
    private final byte[] rgb = new byte[3 * 32 * 24];

    @Test
    void aPictureThatPromisesMoreThanAnyCameraSendsIsRefusedBeforeItTakesTheMemory() throws IOException {
        final byte[] jpeg = ScriptedCamera.jpeg(90);
        decoder.decode(jpeg, jpeg.length, rgb);
        assertEquals(90, rgb[0] & 255, 3);
        int frame = 0;
        while ((jpeg[frame] & 255) != 0xFF || (jpeg[frame + 1] & 255) != START_OF_FRAME) {
            frame++;
        }
        for (int i = 5; i < 9; i++) {
            jpeg[frame + i] = (byte) 0xF0;
        }
        final String why = assertThrows(IOException.class, () -> decoder.decode(jpeg, jpeg.length, rgb)).getMessage();
        assertEquals("a picture of 61680 x 61680 pixels, more than any camera sends", why);
    }
}
