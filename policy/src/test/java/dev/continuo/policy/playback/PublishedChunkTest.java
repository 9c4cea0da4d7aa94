package dev.continuo.policy.playback;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PublishedChunkTest {
    private static final long ROW = 20_000_000;
    private static final int ROWS = 6;
    private static final long FIRST = 1_000 * ROW;

    private final PublishedChunk published = new PublishedChunk(ROWS, 2, ROW);
    private final PlannedRows planned = new PlannedRows(ROWS, 2);

    /** Row {@code i} is {@code 10 i} and {@code -10 i}. */
    private void keep(final int rows) {
        final float[] values = new float[2 * rows];
        for (int row = 0; row < rows; row++) {
            values[2 * row] = 10 * row;
            values[2 * row + 1] = -10 * row;
        }
        published.keep(values, FIRST);
    }

    private void assertPlanned(final int committed, final float... firstColumn) {
        assertEquals(firstColumn.length, planned.rows);
        assertEquals(committed, planned.committed);
        for (int row = 0; row < firstColumn.length; row++) {
            assertArrayEquals(new float[] {firstColumn[row], -firstColumn[row]}, Arrays.copyOfRange(planned.values, 2 * row, 2 * row + 2), 1e-4f);
        }
    }

    @Test
    void nothingIsContinuedBeforeTheFirstAndAfterTheLast() {
        published.continueIn(FIRST, 0, planned);
        assertPlanned(0);
        keep(ROWS);
        published.forget();
        published.continueIn(FIRST, 0, planned);
        assertPlanned(0);
    }

    @Test
    void theSameMomentIsContinuedWhole() {
        keep(ROWS);
        published.continueIn(FIRST, 2, planned);
        assertPlanned(2, 0, 10, 20, 30, 40, 50);
    }

    @Test
    void aLaterMomentIsContinuedFromWhereTheChunkIsThen() {
        keep(ROWS);
        published.continueIn(FIRST + 2 * ROW, 1, planned);
        assertPlanned(1, 20, 30, 40, 50);
        published.continueIn(FIRST + 2 * ROW + ROW / 2, 1, planned);
        assertPlanned(1, 25, 35, 45);
    }

    @Test
    void theLastRowAloneIsContinuedAndNothingBehindIt() {
        keep(ROWS);
        published.continueIn(FIRST + 5 * ROW, 0, planned);
        assertPlanned(0, 50);
        published.continueIn(FIRST + 5 * ROW + 1, 0, planned);
        assertPlanned(0);
        published.continueIn(FIRST - 1, 0, planned);
        assertPlanned(0);
    }

    @Test
    void whatIsAllCommittedIsNotContinued() {
        keep(ROWS);
        published.continueIn(FIRST, 5, planned);
        assertPlanned(5, 0, 10, 20, 30, 40, 50);
        published.continueIn(FIRST, 6, planned);
        assertPlanned(0);
    }

    @Test
    void noMoreIsPlannedThanANewChunkHasRoomFor() {
        keep(ROWS);
        final PlannedRows few = new PlannedRows(3, 2);
        published.continueIn(FIRST, 1, few);
        assertEquals(3, few.rows);
        assertEquals(20, few.values[4], 1e-4f);
        keep(2);
        published.continueIn(FIRST, 1, planned);
        assertPlanned(1, 0, 10);
    }
}
