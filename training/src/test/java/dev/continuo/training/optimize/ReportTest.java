package dev.continuo.training.optimize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    private static final List<String> COLUMNS = List.of("loss", "rate");

    @TempDir
    private Path directory;

    @Test
    void aResumedCurveDropsTheTornRowAndTheRowsThatItRepeats() throws IOException {
        final Path file = directory.resolve("runs/curve.csv");
        try (TrainingCurve curve = TrainingCurve.open(file, COLUMNS, 0)) {
            curve.append(0, 2.5, 1e-4);
            curve.append(10, 1.5, 1e-4);
            curve.append(20, 0.5, 1e-4);
        }
        Files.writeString(file, "30,0.", StandardOpenOption.APPEND);
        try (TrainingCurve curve = TrainingCurve.open(file, COLUMNS, 20)) {
            curve.append(20, 0.25, 1e-5);
            assertThrows(IllegalArgumentException.class, () -> curve.append(21, 1));
        }
        assertEquals("step,loss,rate\n0,2.5,1.0E-4\n10,1.5,1.0E-4\n20,0.25,1.0E-5\n", Files.readString(file));
    }

    @Test
    void aCurveOfOtherFiguresIsBegunAnew() throws IOException {
        final Path file = directory.resolve("curve.csv");
        Files.writeString(file, "step,accuracy\n1,2\n");
        TrainingCurve.open(file, COLUMNS, 5).close();
        assertEquals("step,loss,rate\n", Files.readString(file));
    }

    @Test
    void aCurveIsDrawnOnceItHasTwoRowsWithoutTheFiguresThatWereNeverTold() throws IOException {
        final Path file = directory.resolve("curve.csv");
        final Path picture = directory.resolve("curve.png");
        try (TrainingCurve curve = TrainingCurve.open(file, COLUMNS, 0)) {
            curve.append(0, 2.5, 0);
            CurvePicture.draw(file, picture);
            assertFalse(Files.exists(picture), "one row is no curve");
            curve.append(10, 1.5, 0);
            CurvePicture.draw(file, picture);
        }
        final BufferedImage one = ImageIO.read(picture.toFile());
        try (TrainingCurve curve = TrainingCurve.open(file, COLUMNS, 20)) {
            curve.append(20, 0.5, 1e-4);
            CurvePicture.draw(file, picture);
        }
        final BufferedImage two = ImageIO.read(picture.toFile());
        assertEquals(2 * one.getWidth(), two.getWidth());
        assertEquals(one.getHeight(), two.getHeight());
    }

    @Test
    void withoutATerminalALineComesEveryTenSecondsAndAtTheEnd() {
        final AtomicLong nanos = new AtomicLong();
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8);
            Progress progress = new Progress.Lines("stage 1", 100, 4100, out, nanos::get)) {
            for (int step = 101; step <= 4100; step++) {
                nanos.addAndGet(5_000_000);
                progress.at(step, "loss 0.5");
            }
        }
        final List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
        assertEquals(3, lines.size(), lines::toString);
        assertEquals("stage 1 2101/4100 (51%) 200.00 steps/s, 0:00:10 left loss 0.5", lines.get(1));
        assertEquals("stage 1 4100/4100 (100%) 200.00 steps/s, 0:00:00 left loss 0.5", lines.get(2));
    }
}
