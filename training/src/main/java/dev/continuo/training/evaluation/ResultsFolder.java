package dev.continuo.training.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.continuo.config.Profile;
import dev.continuo.config.ProfileException;
import dev.continuo.training.data.Robot;
import dev.continuo.training.stage.Variant;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The figures of all policies as files, one for each evaluation, so that what was measured once with the same weights is not measured
 * again.
 *
 * @param folder  where the files are
 * @param shipped the folder of the model that ships; the others are beside it
 * @param cards   the cell of math matching
 * @param toys    the cell of toy placement, which has more trials and is played with the first seed alone
 * @param seeds   of the trials
 * @param python  an interpreter with the stock reader
 */
public record ResultsFolder(Path folder, Path shipped, Profile cards, Profile toys, List<Long> seeds, String python) {
    /** When the words change, in seconds of a trial: from the first word on, and with an arm on its way. */
    static final List<Double> EDITS = List.of(0.0, 0.5);
    private static final List<String> SPLITS = List.of("in-domain", "open-world");
    private static final int LINES = 400;
    private static final String WEIGHTS = "weights";

    /** Copies the seeds. */
    public ResultsFolder {
        seeds = List.copyOf(seeds);
    }

    /**
     * Measures what is not there yet for every policy that has weights.
     *
     * @param measured called whenever there are more figures: who interrupts this has a page of what there is
     */
    public void complete(final PrintStream out, final Runnable measured) {
        for (final Variant variant : Variant.values()) {
            final Path model = variant.folder(shipped);
            if (ModelFingerprint.hasWeights(model, Robot.ARX)) {
                complete(variant, new EvaluateTask(cards, model, variant.label()), ModelFingerprint.of(model, Robot.ARX), out, measured);
            } else {
                out.println(variant.label() + ": no weights in " + model + "; ./continuo train " + shipped.getFileName() + " --policy "
                    + variant.label() + " makes them");
            }
            if (ModelFingerprint.hasWeights(model, Robot.FRANKA)) {
                completeToys(variant, new EvaluateTask(toys, model, variant.label()), ModelFingerprint.of(model, Robot.FRANKA), out, measured);
            }
        }
    }

    private void complete(final Variant variant, final EvaluateTask task, final String weights, final PrintStream out, final Runnable measured) {
        for (final String split : SPLITS) {
            for (final long seed : seeds) {
                once(trials(variant, split, seed), weights, out, measured, file -> task.run(split, seed, 0, file, out));
            }
        }
        for (final double after : EDITS) {
            once(edited(variant, after), weights, out, measured, file -> task.runEdited(SPLITS.getFirst(), seeds.getFirst(), 0, after, file, out));
        }
        once(reading(variant), weights, out, measured, file -> task.runReading(LINES, seeds.getFirst(), python, file, out));
    }

    private void completeToys(final Variant variant, final EvaluateTask task, final String weights, final PrintStream out, final Runnable measured) {
        for (final String split : SPLITS) {
            once(toyTrials(variant, split), weights, out, measured, file -> task.runToys(split, seeds.getFirst(), 0, file, out));
        }
    }

    private void once(final Path file, final String weights, final PrintStream out, final Runnable measured, final Consumer<Path> measure) {
        if (figures(file).filter(figures -> figures.path(WEIGHTS).asText().equals(weights)).isPresent()) {
            return;
        }
        out.printf("%n%s%n", folder.relativize(file));
        try {
            Files.createDirectories(file.getParent());
            measure.accept(file);
            final ObjectNode figures = (ObjectNode) figures(file).orElseThrow();
            figures.put(WEIGHTS, weights);
            new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), figures);
            measured.run();
        } catch (final IOException failure) {
            throw new ProfileException("cannot write " + file + ": " + failure.getMessage(), failure);
        }
    }

    Optional<JsonNode> figures(final Path file) {
        try {
            return Files.isRegularFile(file) ? Optional.of(new ObjectMapper().readTree(file.toFile())) : Optional.empty();
        } catch (final IOException failure) {
            throw new ProfileException(file + ": no figures: " + failure.getMessage().lines().findFirst().orElse(""), failure);
        }
    }

    Path trials(final Variant variant, final String split, final long seed) {
        return folder.resolve(variant.label()).resolve(split + "-" + seed + ".json");
    }

    Path toyTrials(final Variant variant, final String split) {
        return folder.resolve(variant.label()).resolve("toys-" + split + "-" + seeds.getFirst() + ".json");
    }

    Path edited(final Variant variant, final double afterSeconds) {
        return folder.resolve(variant.label()).resolve("edited-after-" + afterSeconds + ".json");
    }

    Path reading(final Variant variant) {
        return folder.resolve(variant.label()).resolve("reading.json");
    }
}
