package dev.continuo.proving.fuzz;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What fuzzing has collected goes through every target again, as it is and with a few bytes changed. */
final class CorpusTest {
    private static final int MUTATIONS = 5;

    static Stream<String> targets() {
        return FuzzTargets.all().stream().map(FuzzTarget::name);
    }

    @ParameterizedTest
    @MethodSource("targets")
    void nothingOfTheCorpusBreaksItsTarget(final String name) {
        final FuzzTarget target = FuzzTargets.named(name).orElseThrow();
        final List<byte[]> corpus = Corpus.shipped(name);
        assertFalse(corpus.isEmpty(), "a corpus ships");
        final Random random = new Random(1);
        for (final byte[] input : corpus) {
            feed(target, input);
            for (int i = 0; i < MUTATIONS; i++) {
                feed(target, mutated(input, random));
            }
        }
    }

    private static void feed(final FuzzTarget target, final byte[] input) {
        assertDoesNotThrow(() -> target.feed().accept(input), () -> target.name() + " " + HexFormat.of().formatHex(input));
    }

    private static byte[] mutated(final byte[] input, final Random random) {
        final byte[] changed = java.util.Arrays.copyOf(input, Math.max(1, input.length + random.nextInt(3) - 1));
        for (int i = 0; i < 3; i++) {
            changed[random.nextInt(changed.length)] = (byte) random.nextInt();
        }
        return changed;
    }
}
