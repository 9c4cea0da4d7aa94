package dev.continuo.training.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.simulation.task.Equation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadingEvaluationTest {
    @ParameterizedTest
    @CsvSource({"12-7=5, true, true", "12-7=6, true, false", "12-7 = 5, true, true", "2-7=5, false, false", "112-7=5, false, false",
        "12-7, false, false", "12-7=55, true, false"})
    void aLineIsReadWhenItsEquationIsSaidAndSolvedWhenTheAnswerIsToo(final String said, final boolean read, final boolean solved) {
        final ReadingEvaluation.Line line = new ReadingEvaluation.Line(Equation.of("12-7"), said);
        assertEquals(read, line.read());
        assertEquals(solved, line.solved());
    }

    @ParameterizedTest
    @CsvSource({"8x7=, true", "8X7, true", "8*7=, true", "8 × 7 =, true", "8x1=, false", "87=, false", "'', false"})
    void theStockReaderMayWriteOperatorsAsItLikes(final String said, final boolean right) {
        assertEquals(right, StockReader.says(said, Equation.of("8×7")));
    }

    @Test
    void aStockReaderThatIsNotThereIsToldWithHowToGetIt() {
        final StockReader.Answer answer = StockReader.read(List.of(new byte[3 * 4 * 2]), 4, 2, "/no/such/python");
        assertTrue(answer.lines().isEmpty());
        assertTrue(answer.remark().contains("/no/such/python is not there") && answer.remark().contains("pip install"), answer.remark());
        final StockReader.Answer failed = StockReader.read(List.of(new byte[3 * 4 * 2]), 4, 2, "false");
        assertTrue(failed.lines().isEmpty());
        assertFalse(failed.remark().isEmpty());
    }
}
