package dev.continuo.simulation.handwriting;

import java.util.List;

/** Whose handwriting is shown. No image belongs to both splits. */
public enum WriterSplit {
    /** Writers that training may see. */
    TRAINING(List.of("bhmsds-train", "mnist-train"), List.of("bhmsds-train", "mdas-train"), List.of("mdas-train")),
    /** Writers that only evaluation sees. */
    HELD_OUT(List.of("mnist-t10k"), List.of("mdas-val"), List.of("mdas-val"));

    private final List<String> digitSets;
    private final List<String> strokeSets;
    private final List<String> crossSets;

    WriterSplit(final List<String> digitSets, final List<String> strokeSets, final List<String> crossSets) {
        this.digitSets = digitSets;
        this.strokeSets = strokeSets;
        this.crossSets = crossSets;
    }

    /** The data sets that a symbol is taken from: plus and minus from more than times and divide. */
    List<String> setsOf(final char symbol) {
        return switch (symbol) {
            case '+', '-' -> strokeSets;
            case '×', '÷' -> crossSets;
            default -> digitSets;
        };
    }
}
