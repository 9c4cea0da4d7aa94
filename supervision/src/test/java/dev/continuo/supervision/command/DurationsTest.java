package dev.continuo.supervision.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class DurationsTest {
    private final Durations durations = new Durations();

    @Test
    void readsSecondsMinutesAndHours() {
        assertEquals(Duration.ofSeconds(60), durations.convert("60s"));
        assertEquals(Duration.ofMinutes(5), durations.convert("5m"));
        assertEquals(Duration.ofHours(1), durations.convert("1h"));
        assertEquals(Duration.ofMillis(1500), durations.convert("1.5s"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "60", "s", "-5s", "0s", "5 days", "1e9s", "99999h", "NaNs"})
    void refusesWhatIsNoDuration(final String text) {
        assertThrows(TypeConversionException.class, () -> durations.convert(text));
    }
}
