package dev.continuo.supervision.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.continuo.actors.agent.VirtualClock;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private final VirtualClock clock = new VirtualClock(-5);
    private final RateLimit limit = new RateLimit(10, clock);

    private long passed(final int tries) {
        return IntStream.range(0, tries).filter(i -> limit.pass()).count();
    }

    @Test
    void soManyPassAtOnceAndThenOneByOne() {
        assertEquals(10, passed(100));
        clock.advance(100_000_000L);
        assertEquals(1, passed(100));
        clock.advance(10_000_000_000L);
        assertEquals(10, passed(100), "nobody saves up");
    }
}
