package dev.continuo.reasoning.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromptTest {
    private static final long IMAGE = 5;

    @Test
    void anImageOfNinetyNineTokensAdvancesThePositionByEleven() {
        final long[] ids = new long[2 + 99 + 2];
        Arrays.fill(ids, 9);
        Arrays.fill(ids, 2, 101, IMAGE);
        final Prompt prompt = Prompt.of(ids, IMAGE, 2, List.of(new ImagePatches(new float[396], 18, 22)));
        assertArrayEquals(new int[]{1, 2, 2}, Arrays.copyOfRange(prompt.positions()[0], 1, 4));
        assertEquals(2 + 8, prompt.positions()[1][100]);
        assertEquals(2 + 10, prompt.positions()[2][100]);
        assertEquals(2 + 11, prompt.positions()[0][101]);
        assertEquals(2 + 11 + 2, prompt.nextPosition());
    }

    @Test
    void placeholdersAndImagesMustMatch() {
        final ImagePatches image = new ImagePatches(new float[16], 4, 4);
        assertThrows(IllegalArgumentException.class, () -> Prompt.of(new long[]{1, IMAGE, IMAGE, 1}, IMAGE, 2, List.of(image)));
        assertThrows(IllegalArgumentException.class, () -> Prompt.of(new long[]{IMAGE, IMAGE, IMAGE}, IMAGE, 2, List.of(image)));
        assertThrows(IllegalArgumentException.class,
            () -> Prompt.of(new long[]{IMAGE, IMAGE, IMAGE, IMAGE, IMAGE}, IMAGE, 2, List.of(image)));
        assertThrows(IllegalArgumentException.class, () -> Prompt.of(new long[]{1, 2}, IMAGE, 2, List.of(image)));
        assertThrows(IllegalArgumentException.class, () -> new ImagePatches(new float[17], 4, 4));
    }
}
