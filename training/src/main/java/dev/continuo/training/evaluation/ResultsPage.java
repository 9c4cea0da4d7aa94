package dev.continuo.training.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.continuo.config.ProfileException;
import dev.continuo.simulation.task.WilsonInterval;
import dev.continuo.simulation.toys.ToyPlacement;
import dev.continuo.training.stage.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** The figures of all policies as a page of tables like the paper's (ChatVLA-2, NeurIPS 2025, Tables 1 to 4). */
public final class ResultsPage {
    /** What the paper measured on its robot: reasoning of 6 and success of 13 in-domain, OCR of 4, mathematics of 2 and success of 52 open-world. */
    private static final Map<Variant, String> PAPER = Map.of(
        Variant.CHATVLA2, "6.0, 11/13; 3.58, 1.73, 43/52", Variant.DEXVLA, "5.2, 12/13; 0.21, 0.06, 10/52",
        Variant.CHATVLA, "5.8, 10/13; 1.08, 0.42, 4/52", Variant.STAGE_1, "open-world 3.20, 1.33, 12/52");
    /** Object recognition and spatial affordance of 1, and success of 67 in-domain and of 156 open-world. */
    private static final Map<Variant, String> PAPER_TOYS = Map.of(
        Variant.CHATVLA2, "1, 0.99, 61/67; 0.94, 0.88, 127/156", Variant.DEXVLA, "1, 0.97, 63/67; 0.23, 0.12, 36/156",
        Variant.CHATVLA, "1, 0.97, 60/67; 0.71, 0.35, 22/156");

    private final ResultsFolder results;

    /** A page on what a folder holds. */
    public ResultsPage(final ResultsFolder results) {
        this.results = results;
    }

    /** Writes the page. */
    public void write(final Path file, final List<Path> pictures) {
        final StringBuilder page = new StringBuilder();
        page.append("# Results\n\nWritten by `./continuo results` from the files in [results](results); do not edit.\n\n");
        page.append("All policies have the same size and start from the same pretrained, dense vision-language model; they differ in the mixture, in how\n")
            .append("the action expert hears the reasoning, and in the last stage ([train](train.md), [evaluate](evaluate.md)). Seeds ")
            .append(results.seeds().stream().map(Object::toString).collect(Collectors.joining(", ")))
            .append("; intervals are Wilson's\nat 95 %. Machine: ").append(machine()).append(".\n\n");
        trials(page);
        edits(page);
        toys(page);
        reading(page);
        page.append("## Trials\n\n");
        for (final Path picture : pictures) {
            page.append("![").append(picture.getFileName()).append("](").append(file.toAbsolutePath().getParent().relativize(picture.toAbsolutePath()))
                .append(")\n\n");
        }
        try {
            Files.writeString(file, page.toString().stripTrailing() + "\n");
        } catch (final IOException failure) {
            throw new ProfileException("cannot write " + file + ": " + failure.getMessage(), failure);
        }
    }

    private void trials(final StringBuilder page) {
        page.append("## Math matching\n\n");
        page.append("| policy | weights | in-domain reasoning /6 | in-domain success | open-world OCR /4 | open-world math /2 | open-world success | paper, real robot |\n");
        page.append("|---|---|---|---|---|---|---|---|\n");
        for (final Variant variant : Variant.values()) {
            final Sum inDomain = Sum.of(all(variant, "in-domain"));
            final Sum openWorld = Sum.of(all(variant, "open-world"));
            page.append(String.format(Locale.ROOT, "| `%s` | %s | %s | %s | %s | %s | %s | %s |%n", variant.label(),
                weights(variant), inDomain.mean(inDomain.ocr + inDomain.mathematics), inDomain.success(), openWorld.mean(openWorld.ocr),
                openWorld.mean(openWorld.mathematics), openWorld.success(), PAPER.getOrDefault(variant, "not published")));
        }
        final Sum inDomain = Sum.of(all(Variant.CHATVLA2, "in-domain"));
        final Sum openWorld = Sum.of(all(Variant.CHATVLA2, "open-world"));
        page.append(String.format(Locale.ROOT, "| chance: cards laid blindly | | | %.0f %% | | | %.0f %% | |%n%n", 100 * inDomain.chance(), 100 * openWorld.chance()));
    }

    private void edits(final StringBuilder page) {
        page.append("## Does the action follow the words?\n\nThe reasoning is replaced by a wrong one; counted are trials whose first card is the one that the words name.\n\n");
        page.append("| policy | from the first word on | half a second after the arms began to move |\n|---|---|---|\n");
        for (final Variant variant : Variant.values()) {
            page.append("| `").append(variant.label()).append('`');
            for (final double after : ResultsFolder.EDITS) {
                page.append(" | ").append(results.figures(results.edited(variant, after))
                    .map(figures -> share(figures.path("followed").asInt(), figures.path("trials").asInt())).orElse("–"));
            }
            page.append(" |\n");
        }
        page.append("| chance: a card blindly | 33 % | 33 % |\n\n");
    }

    private void toys(final StringBuilder page) {
        page.append("## Toy placement\n\nSeed ").append(results.seeds().getFirst()).append("; object recognition, spatial affordance and success.\n\n");
        page.append("| policy | weights | in-domain object /1 | space /1 | success | open-world object /1 | space /1 | success | paper, real robot |\n");
        page.append("|---|---|---|---|---|---|---|---|---|\n");
        for (final Variant variant : Variant.values()) {
            final Optional<JsonNode> inDomain = results.figures(results.toyTrials(variant, "in-domain"));
            final Optional<JsonNode> openWorld = results.figures(results.toyTrials(variant, "open-world"));
            page.append(String.format(Locale.ROOT, "| `%s` | %s | %s | %s | %s |%n", variant.label(),
                inDomain.map(figures -> "`" + figures.path("weights").asText() + "`").orElse("none"), toys(inDomain), toys(openWorld),
                PAPER_TOYS.getOrDefault(variant, "not published")));
        }
        page.append(String.format(Locale.ROOT, "| chance: a toy, a block and a place blindly | | | | %1$.0f %% | | | %1$.0f %% | |%n%n", 100 * ToyPlacement.CHANCE));
    }

    private static String toys(final Optional<JsonNode> figures) {
        return figures.map(found -> String.format(Locale.ROOT, "%.2f | %.2f | %s", found.path("object_recognition").asDouble(),
            found.path("spatial_affordance").asDouble(), share(found.path("successes").asInt(), found.path("trials").asInt()))).orElse("– | – | –");
    }

    private void reading(final StringBuilder page) {
        page.append("## Reading\n\nLines of equations that no training picture shows, composed of held-out handwriting.\n\n");
        page.append("| reader | read exactly | also answered rightly |\n|---|---|---|\n");
        String peer = "";
        for (final Variant variant : Variant.values()) {
            final Optional<JsonNode> figures = results.figures(results.reading(variant));
            page.append("| `").append(variant.label()).append("` | ")
                .append(figures.map(found -> share(found.path("read").asInt(), found.path("lines").asInt())).orElse("–")).append(" | ")
                .append(figures.map(found -> share(found.path("solved").asInt(), found.path("lines").asInt())).orElse("–")).append(" |\n");
            peer = figures.filter(found -> found.path("peer_lines").asInt() > 0).map(found -> "| " + found.path("peer").asText() + " | "
                + share(found.path("peer_read").asInt(), found.path("peer_lines").asInt()) + " | does not calculate |\n").orElse(peer);
        }
        page.append(peer).append('\n');
    }

    private String weights(final Variant variant) {
        return all(variant, "in-domain").stream().findFirst().map(figures -> "`" + figures.path("weights").asText() + "`").orElse("none");
    }

    private List<JsonNode> all(final Variant variant, final String split) {
        return results.seeds().stream().map(seed -> results.figures(results.trials(variant, split, seed)).orElse(null))
            .filter(Objects::nonNull).toList();
    }

    private static String share(final int right, final int of) {
        final WilsonInterval interval = WilsonInterval.of(right, of);
        return String.format(Locale.ROOT, "%d/%d (%.0f–%.0f %%)", right, of, 100 * interval.low(), 100 * interval.high());
    }

    private static String machine() {
        final String processor;
        try {
            processor = Files.readAllLines(Path.of("/proc/cpuinfo")).stream().filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip()).findFirst().orElse("unknown processor");
        } catch (final IOException unknown) {
            return Runtime.getRuntime().availableProcessors() + " cores";
        }
        return processor + ", " + Runtime.getRuntime().availableProcessors() + " cores, JDK " + Runtime.version().feature();
    }

    /** Evaluations of one policy and split with several seeds. */
    private record Sum(int trials, int successes, double ocr, double mathematics, double expected) {
        static Sum of(final List<JsonNode> evaluations) {
            Sum sum = new Sum(0, 0, 0, 0, 0);
            for (final JsonNode one : evaluations) {
                final int trials = one.path("trials").asInt();
                sum = new Sum(sum.trials + trials, sum.successes + one.path("successes").asInt(), sum.ocr + trials * one.path("ocr").asDouble(),
                    sum.mathematics + trials * one.path("mathematics").asDouble(), sum.expected + trials * one.path("chance").asDouble());
            }
            return sum;
        }

        String mean(final double total) {
            return trials == 0 ? "–" : String.format(Locale.ROOT, "%.2f", total / trials);
        }

        String success() {
            return trials == 0 ? "–" : share(successes, trials);
        }

        double chance() {
            return trials == 0 ? 0 : expected / trials;
        }
    }
}
