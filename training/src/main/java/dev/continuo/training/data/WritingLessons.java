package dev.continuo.training.data;

import dev.continuo.simulation.handwriting.Handwriting;
import dev.continuo.simulation.handwriting.WriterSplit;
import dev.continuo.simulation.task.Equation;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Lessons about small pictures of handwriting. For one thread. */
public final class WritingLessons {
    /** What is asked of a line that is to be repeated. */
    static final String READ = "Read this.";
    /** What is asked of a line that is to be solved. */
    public static final String SOLVE = "What is the answer?";
    /** Size of a line's picture in pixels. */
    public static final int LINE_WIDTH = 252;
    /** Size of a line's picture in pixels. */
    public static final int LINE_HEIGHT = 56;

    private static final int PAGE_SIDE = 84;
    /** Heights in which digits are seen on cards and on the board, and somewhat beyond; pixels. */
    private static final double SMALLEST_GLYPH = 17;
    private static final double LARGEST_GLYPH = 27;
    private static final double SOLVED = 0.5;

    private final Eye eye;
    private final TrainingTrials trials;
    private final PagePainter pages = new PagePainter(Handwriting.of(WriterSplit.TRAINING), PAGE_SIDE, PAGE_SIDE);
    private final PagePainter lines = new PagePainter(Handwriting.of(WriterSplit.TRAINING), LINE_WIDTH, LINE_HEIGHT);

    WritingLessons(final Eye eye, final TrainingTrials trials) {
        this.eye = eye;
        this.trials = trials;
    }

    /** A page of symbols; its answer is in the truth alone. */
    Example page(final RandomGenerator random) {
        final PagePainter.Page page = pages.page(random.nextDouble(SMALLEST_GLYPH, LARGEST_GLYPH), random);
        return new Example(Optional.of(eye.picture(page.rgb(), PAGE_SIDE, PAGE_SIDE)), READ, "", Optional.empty(),
            Optional.of(symbols(page)));
    }

    private static Example.Truth symbols(final PagePainter.Page page) {
        return new Example.Truth(page.symbols().kinds(), new int[0], new float[0], new float[0]);
    }

    /** A line: an equation to be solved, or something to be read. */
    Example line(final RandomGenerator random) {
        final boolean solved = random.nextDouble() < SOLVED;
        final Equation equation = trials.shown(random);
        final String text = solved ? equation.text() + (random.nextBoolean() ? "=" : "") : ReadText.draw(random);
        final PagePainter.Page line = lines.line(text, random.nextDouble(SMALLEST_GLYPH, LARGEST_GLYPH), random);
        return new Example(Optional.of(eye.picture(line.rgb(), LINE_WIDTH, LINE_HEIGHT)), solved ? SOLVE : READ,
            solved ? solution(equation) : text, Optional.empty(), Optional.of(symbols(line)));
    }

    /** How an equation is solved aloud. */
    static String solution(final Equation equation) {
        return equation.text() + "=" + equation.answer();
    }
}
