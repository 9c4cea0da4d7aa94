package dev.continuo.reasoning.text;

/**
 * How a model was trained to be asked.
 *
 * @param systemPrompt     what the system turn says; empty for none
 * @param instructionFirst whether the instruction stands before the images in the user's turn, so that what is seen is seen in its light; the published models
 *                         have it behind them
 */
public record ChatFormat(String systemPrompt, boolean instructionFirst) {
    /** No system turn, the instruction behind the images. */
    public static final ChatFormat PLAIN = new ChatFormat("", false);
}
