package dev.continuo.actors.model;

import dev.continuo.actors.agent.Reasoner;
import dev.continuo.perception.Frame;
import dev.continuo.reasoning.Reasoning;
import dev.continuo.reasoning.VisionLanguageModel;

/** Reasons with the vision-language model, token by token. */
final class ModelReasoner implements Reasoner {
    private final VisionLanguageModel model;
    private final PictureReader pictures;
    private final int maxTokens;

    ModelReasoner(final VisionLanguageModel model, final PictureReader pictures, final int maxTokens) {
        this.model = model;
        this.pictures = pictures;
        this.maxTokens = maxTokens;
    }

    @Override
    public Thought reason(final Frame[] newest, final String instruction, final Progress progress) {
        final StringBuilder text = new StringBuilder();
        final boolean[] cancelled = new boolean[1];
        final Reasoning reasoning = model.generate(
            model.prompt(pictures.read(newest), instruction),
            maxTokens,
            (id, piece) -> {
                text.append(piece);
                cancelled[0] = cancelled[0] || !progress.onToken(text);
            },
            () -> cancelled[0]);
        return cancelled[0] ? null : new Thought(reasoning.text(), reasoning.embedding(), reasoning.tokens().length);
    }

    @Override
    public void close() {
        // The model outlives the stage.
    }
}
