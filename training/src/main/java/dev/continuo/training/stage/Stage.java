package dev.continuo.training.stage;

import dev.continuo.training.data.BatchMaker.Mixture;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The stages of training {@code nano}, in order.
 *
 * <p>The first four stand in for the pretrained models that the paper starts from, and which nobody can train on two
 * cores; the last two are the paper's (chatvla2.md section 1.6): co-training of image-text and robot data, then the
 * action expert alone under a frozen vision-language model.
 */
public enum Stage {
    /** The action expert alone, told the truth about the scene: stands in for the pretrained ScaleDP that the paper starts from. */
    EXPERT_PRETRAINING("expert-pretraining", 1000, new Mixture(0, 0, 0, 0, 0), 1e-3, 2e-4, 100),
    /** The vision tower alone: which symbol is where on a small page. */
    PAGES("pages", 3000, new Mixture(96, 0, 0, 0, 0), 1e-3, 1e-4, 40),
    /** The vision tower alone: which symbol is where in a whole scene. */
    SIGHT("sight", 600, new Mixture(32, 8, 24, 0, 0), 6e-4, 1e-4, 40),
    /** Reads whole scenes, calculates, and says what to do. */
    SCENES("scenes", 1800, new Mixture(40, 0, 24, 8, 16), 1e-3, 3e-4, 40),
    /** Co-training: robot data and whole scenes at 3 : 2, where the paper has 3 : 1; everything learns. */
    CO_TRAINING("co-training", 1500, new Mixture(8, 18, 12, 2, 8), 3e-4, 3e-5, 40),
    /** The action expert alone, on the frozen vision-language model's conditions. */
    ACTION_EXPERT("action-expert", 2500, new Mixture(0, 18, 0, 0, 0), 1e-3, 2e-5, 200);

    private final String label;
    private final int steps;
    private final Mixture mixture;
    private final double peakRate;
    private final double lastRate;
    private final int warmUpSteps;

    Stage(final String label, final int steps, final Mixture mixture, final double peakRate,
        final double lastRate, final int warmUpSteps) {
        this.label = label;
        this.steps = steps;
        this.mixture = mixture;
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

    /** Steps over which the learning rate rises. */
    public int warmUpSteps() {
        return warmUpSteps;
    }
}
