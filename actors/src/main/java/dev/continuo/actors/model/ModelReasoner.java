package dev.continuo.actors.model;

import dev.continuo.actors.agent.Reasoner;
import dev.continuo.perception.Frame;
import dev.continuo.reasoning.Reasoning;
import dev.continuo.reasoning.VisionLanguageModel;
import dev.continuo.reasoning.network.Prompt;
import java.util.function.UnaryOperator;

/** Reasons with the vision-language model, token by token; what it says may be edited before the policy hears of it. */
final class ModelReasoner implements Reasoner {
    private final VisionLanguageModel model;
    private final PictureReader pictures;
    private final int maxTokens;
    private final UnaryOperator<String> edit;

    ModelReasoner(
        final VisionLanguageModel model, final PictureReader pictures, final int maxTokens, final UnaryOperator<String> edit) {
        this.model = model;
        this.pictures = pictures;
        this.maxTokens = maxTokens;
        this.edit = edit;
    }

    @Override
    public Thought reason(final Frame[] newest, final String instruction, final Progress progress) {
        final StringBuilder text = new StringBuilder();
        final boolean[] cancelled = new boolean[1];
        final Prompt prompt = model.prompt(pictures.read(newest), instruction);
        final Reasoning reasoning = model.generate(
            prompt,
            maxTokens,
            (id, piece) -> {
                text.append(piece);
                cancelled[0] = cancelled[0] || !progress.onToken(text);
            },
            () -> cancelled[0]);
        if (cancelled[0]) {
            return null;
        }
        final String edited = edit.apply(reasoning.text());
        return new Thought(edited, edited.equals(reasoning.text()) ? reasoning.embedding() : model.embedding(prompt, edited),
            reasoning.tokens().length);
    }

    @Override
    public void close() {
        // The model outlives the stage.
    }
}
