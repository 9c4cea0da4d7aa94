package dev.continuo.training.optimize;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws a training's curve: each figure over the steps, in a chart of its own. */
public final class CurvePicture {
    private static final int WIDTH = 480;
    private static final int HEIGHT = 300;
    private static final int COLUMNS = 3;

    private CurvePicture() {
    }

    /**
     * Draws what a curve holds so far; figures that were never told are left out. Does nothing while there are less than two rows.
     *
     * @param curve   the CSV of a {@link TrainingCurve}
     * @param picture a PNG, replaced as a whole
     */
    public static void draw(final Path curve, final Path picture) {
        try {
            final Map<String, double[]> values = TrainingCurve.read(curve);
            final double[] steps = values.remove(TrainingCurve.STEP);
            final List<XYChart> charts = new ArrayList<>();
            values.forEach((name, figures) -> {
                if (java.util.Arrays.stream(figures).anyMatch(figure -> figure != 0)) {
                    charts.add(chart(name, steps, figures));
                }
            });
            if (steps.length > 1 && !charts.isEmpty()) {
                final Path part = picture.resolveSibling(picture.getFileName() + ".part");
                ImageIO.write(joined(charts), "png", part.toFile());
                Files.move(part, picture, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (final IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static XYChart chart(final String name, final double[] steps, final double[] figures) {
        final XYChart chart = new XYChartBuilder().width(WIDTH).height(HEIGHT).title(name.replace('_', ' ')).xAxisTitle("step").build();
        chart.getStyler().setLegendVisible(false);
        chart.addSeries(name, steps, figures).setMarker(SeriesMarkers.NONE);
        return chart;
    }

    private static BufferedImage joined(final List<XYChart> charts) {
        final int columns = Math.min(COLUMNS, charts.size());
        final int rows = (charts.size() + columns - 1) / columns;
        final BufferedImage all = new BufferedImage(columns * WIDTH, rows * HEIGHT, BufferedImage.TYPE_INT_RGB);
        final Graphics2D pen = all.createGraphics();
        pen.setColor(charts.getFirst().getStyler().getChartBackgroundColor());
        pen.fillRect(0, 0, all.getWidth(), all.getHeight());
        for (int i = 0; i < charts.size(); i++) {
            pen.drawImage(BitmapEncoder.getBufferedImage(charts.get(i)), i % columns * WIDTH, i / columns * HEIGHT, null);
        }
        pen.dispose();
        return all;
    }
}
