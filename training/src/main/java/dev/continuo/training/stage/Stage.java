package dev.continuo.training.stage;

import static java.util.Map.entry;

import dev.continuo.training.data.Lesson;
import dev.continuo.training.data.Mixture;
import dev.continuo.training.data.Robot;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The stages of training {@code nano}, in order.
 *
 * <p>The first five stand in for the pretrained models that the paper starts from, and which nobody can train on two
 * cores; the last two are the paper's (chatvla2.md section 1.6): co-training of image-text and robot data, then the
 * action expert alone under a frozen vision-language model.
 */
public enum Stage {
    /** The action experts alone, told the truth about the scene: stands in for the pretrained ScaleDP that the paper starts from. */
    EXPERT_PRETRAINING("expert-pretraining", 1000, Map.of(), 1e-3, 2e-4, 100),
    /** The vision tower alone: which symbol is where on a small page. */
    PAGES("pages", 4000, Map.of(Lesson.PAGE, 80, Lesson.TOY_PAGE, 64), 1e-3, 1e-4, 40),
    /** The vision tower alone: which symbol is where in a whole scene. */
    SIGHT("sight", 300, Map.of(Lesson.PAGE, 32, Lesson.ROBOT, 8, Lesson.SCENE, 24, Lesson.TOY_PAGE, 48, Lesson.TOY_ROBOT, 4,
        Lesson.TOY_SCENE, 20), 6e-4, 1e-4, 40),
    /** Reads and solves lines of writing, and calculates. */
    LINES("lines", 1400, Map.of(Lesson.PAGE, 24, Lesson.LINE, 64, Lesson.ARITHMETIC, 32, Lesson.DESCRIBED, 8, Lesson.TOY_PAGE, 16), 1e-3, 5e-4, 40),
    /** Reads lines and whole scenes, answers questions, calculates, and says what to do. */
    SCENES("scenes", 1500, Map.of(Lesson.PAGE, 8, Lesson.LINE, 16, Lesson.SCENE, 20, Lesson.QUESTION, 4, Lesson.ARITHMETIC, 24,
        Lesson.DESCRIBED, 10, Lesson.TOY_PAGE, 12, Lesson.TOY_SCENE, 14, Lesson.TOY_QUESTION, 8), 1e-3, 3e-4, 40),
    /** Co-training: of the pictures of scenes, one in four is image-text data and three are robot data; everything learns. */
    CO_TRAINING("co-training", 700, Map.ofEntries(entry(Lesson.PAGE, 8), entry(Lesson.LINE, 20), entry(Lesson.ROBOT, 18), entry(Lesson.SCENE, 4),
        entry(Lesson.QUESTION, 2), entry(Lesson.ARITHMETIC, 32), entry(Lesson.DESCRIBED, 4), entry(Lesson.TOY_PAGE, 8), entry(Lesson.TOY_ROBOT, 12),
        entry(Lesson.TOY_SCENE, 2), entry(Lesson.TOY_QUESTION, 2)), 4e-4, 3e-5, 40),
    /** The action experts alone, on the frozen vision-language model's conditions. */
    ACTION_EXPERT("action-expert", 4200, Map.of(), 1e-3, 2e-5, 200);

    private static final int MOTIONS = 18;

    private final String label;
    private final int steps;
    private final Mixture mixture;
    private final double peakRate;
    private final double lastRate;
    private final int warmUpSteps;

    Stage(final String label, final int steps, final Map<Lesson, Integer> mixture, final double peakRate,
        final double lastRate, final int warmUpSteps) {
        this.label = label;
        this.steps = steps;
        this.mixture = new Mixture(mixture);
        this.peakRate = peakRate;
        this.lastRate = lastRate;
        this.warmUpSteps = warmUpSteps;
    }

    /** The stage of a name as the command line has it. */
    public static Stage of(final String label) {
        return Arrays.stream(values()).filter(stage -> stage.label.equals(label)).findFirst()
            .orElseThrow(() -> new dev.continuo.config.ProfileException("no stage " + label + "; there are "
                + Arrays.stream(values()).map(Stage::label).collect(Collectors.joining(", "))));
    }

    /** The name on the command line, in folders and curves. */
    public String label() {
        return label;
    }

    /** Optimiser steps. */
    public int steps() {
        return steps;
    }

    /** What a step's batch is made of. */
    public Mixture mixture() {
        return mixture;
    }

    /** A batch of nothing but a robot's motions. */
    static Mixture motions(final Robot robot) {
        return new Mixture(Map.of(robot == Robot.ARX ? Lesson.ROBOT : Lesson.TOY_ROBOT, MOTIONS));
    }

    /** Highest learning rate. */
    public double peakRate() {
        return peakRate;
    }

    /** Learning rate at the end. */
    public double lastRate() {
        return lastRate;
    }

    /** Whether the vision tower learns alone, by what it sees where, without words. */
    public boolean visionAlone() {
        return this == PAGES || this == SIGHT;
    }

    /** The stage whose model this one goes on with; for the first its own, which has none. */
    Stage before() {
        return values()[Math.max(0, ordinal() - 1)];
    }

    /** Whether its result does not depend on how the action expert hears the reasoning, nor on the mixture. */
    boolean sharedByPolicies() {
        return pretrains() && this != EXPERT_PRETRAINING;
    }

    /** Whether it makes what the paper starts from, which is dense; the others train the model itself. */
    public boolean pretrains() {
        return compareTo(CO_TRAINING) < 0;
    }

    /** Steps over which the learning rate rises. */
    public int warmUpSteps() {
        return warmUpSteps;
    }
}
