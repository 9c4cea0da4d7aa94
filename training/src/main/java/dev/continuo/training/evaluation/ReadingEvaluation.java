package dev.continuo.training.evaluation;

import ai.djl.Device;
import dev.continuo.perception.PictureLimits;
import dev.continuo.perception.QwenImageProcessor;
import dev.continuo.reasoning.VisionLanguageModel;
import dev.continuo.reasoning.network.ImagePatches;
import dev.continuo.reasoning.network.Task;
import dev.continuo.simulation.handwriting.Handwriting;
import dev.continuo.simulation.handwriting.WriterSplit;
import dev.continuo.simulation.task.Equation;
import dev.continuo.simulation.task.EquationSplit;
import dev.continuo.simulation.task.Operator;
import dev.continuo.simulation.task.WilsonInterval;
import dev.continuo.training.data.PagePainter;
import dev.continuo.training.data.WritingLessons;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * How well a model reads and solves lines like {@code 12-7=}: equations that no training picture shows, composed of the handwriting of
 * writers that training has never seen, beside a stock reader that is shown the same pictures.
 *
 * @param seed  of the lines
 * @param lines one result each
 * @param peer  the stock reader
 */
record ReadingEvaluation(long seed, List<Line> lines, StockReader.Answer peer) {
    private static final int MAX_TOKENS = 16;
    private static final double SMALLEST_GLYPH = 20;
    private static final double LARGEST_GLYPH = 26;

    /**
     * A line and what was made of it.
     *
     * @param equation what it says, with {@code =} behind it
     * @param said     the model's answer
     */
    record Line(Equation equation, String said) {
        boolean read() {
            return said.replace(" ", "").startsWith(equation.text() + "=");
        }

        boolean solved() {
            return said.replace(" ", "").equals(equation.text() + "=" + equation.answer());
        }
    }

    /** Pictures of lines, painted from a seed. */
    private record Pictures(List<Equation> equations, List<byte[]> rgb) {
        static Pictures paint(final int count, final long seed) {
            final PagePainter painter = new PagePainter(
                Handwriting.of(WriterSplit.HELD_OUT), WritingLessons.LINE_WIDTH, WritingLessons.LINE_HEIGHT);
            final SplittableRandom random = new SplittableRandom(seed);
            final Pictures pictures = new Pictures(new ArrayList<>(), new ArrayList<>());
            for (int i = 0; i < count; i++) {
                final List<Equation> equations = EquationSplit.UNSEEN.all(Operator.values()[i % Operator.values().length]);
                final Equation equation = equations.get(random.nextInt(equations.size()));
                pictures.equations.add(equation);
                pictures.rgb.add(painter.line(equation.text() + "=", random.nextDouble(SMALLEST_GLYPH, LARGEST_GLYPH), random).rgb());
            }
            return pictures;
        }
    }

    /**
     * Reads lines.
     *
     * @param model  the model's folder
     * @param python an interpreter with the stock reader
     */
    static ReadingEvaluation run(final Path model, final int count, final long seed, final String python) {
        final Pictures pictures = Pictures.paint(count, seed);
        final List<Line> lines = new ArrayList<>();
        final QwenImageProcessor processor =
            PictureLimits.load(model).processor(WritingLessons.LINE_WIDTH, WritingLessons.LINE_HEIGHT);
        try (VisionLanguageModel language = VisionLanguageModel.load(model, Task.LANGUAGE, Device.cpu(), System::nanoTime)) {
            for (int i = 0; i < count; i++) {
                final float[] values = new float[processor.valueCount()];
                processor.process(pictures.rgb.get(i), values, 0);
                final ImagePatches image = new ImagePatches(values, processor.gridRows(), processor.gridColumns());
                lines.add(new Line(pictures.equations.get(i), language.generate(
                    language.prompt(List.of(image), WritingLessons.SOLVE), MAX_TOKENS, (_, _) -> { }, () -> false).text()));
            }
        }
        return new ReadingEvaluation(seed, lines, StockReader.read(pictures.rgb, WritingLessons.LINE_WIDTH, WritingLessons.LINE_HEIGHT, python));
    }

    private int read() {
        return (int) lines.stream().filter(Line::read).count();
    }

    private int solved() {
        return (int) lines.stream().filter(Line::solved).count();
    }

    private int readByPeer() {
        int right = 0;
        for (int i = 0; i < peer.lines().size(); i++) {
            right += StockReader.says(peer.lines().get(i), lines.get(i).equation()) ? 1 : 0;
        }
        return right;
    }

    /** Prints the table. */
    void print(final PrintStream out) {
        out.printf(Locale.ROOT, "%nreading, seed %d: %d lines of unseen equations in held-out handwriting, %dx%d pixels, digits %.0f to %.0f high%n",
            seed, lines.size(), WritingLessons.LINE_WIDTH, WritingLessons.LINE_HEIGHT, SMALLEST_GLYPH, LARGEST_GLYPH);
        row(out, "read exactly", read(), lines.size());
        row(out, "read and solved", solved(), lines.size());
        for (final Operator operator : Operator.values()) {
            final List<Line> own = lines.stream().filter(line -> line.equation().operator() == operator).toList();
            row(out, "  solved, " + operator.sign(), (int) own.stream().filter(Line::solved).count(), own.size());
        }
        if (peer.lines().isEmpty()) {
            out.println(peer.remark());
        } else {
            row(out, "read by " + peer.remark(), readByPeer(), peer.lines().size());
        }
    }

    private static void row(final PrintStream out, final String what, final int right, final int of) {
        final WilsonInterval interval = WilsonInterval.of(right, of);
        out.printf(Locale.ROOT, "%-28s %5d/%d  %5.1f %%   95 %% interval %.0f-%.0f %%%n", what, right, of, of == 0 ? 0 : 100.0 * right / of,
            100 * interval.low(), 100 * interval.high());
    }

    /** Writes the JSON. */
    void write(final Path file) {
        final Map<String, Object> json = new LinkedHashMap<>();
        json.put("task", "reading");
        json.put("seed", seed);
        json.put("lines", lines.size());
        json.put("read", read());
        json.put("solved", solved());
        json.put("peer", peer.remark());
        json.put("peer_lines", peer.lines().size());
        json.put("peer_read", readByPeer());
        json.put("results", lines.stream().map(line -> Map.of("equation", line.equation().text(), "said", line.said())).toList());
        JsonReport.write(json, file);
    }
}
