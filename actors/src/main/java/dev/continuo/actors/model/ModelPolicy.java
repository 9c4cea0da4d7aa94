package dev.continuo.actors.model;

import dev.continuo.actors.agent.ChunkPolicy;
import dev.continuo.policy.ActionExpert;
import dev.continuo.reasoning.VisionLanguageModel;
import java.util.Arrays;

/**
 * Acts with the model: {@code o} from a prefill over the newest pictures, {@code r} from the latest finished reasoning, the chunk from
 * the action expert, which continues what plays where the request says so. Every chunk is sampled from the same noise: where the data leave a choice, consecutive chunks then make the same one.
 */
final class ModelPolicy implements ChunkPolicy {
    private final VisionLanguageModel model;
    private final ActionExpert expert;
    private final PictureReader pictures;
    private final float[] state;
    private final long seed;

    ModelPolicy(final VisionLanguageModel model, final ActionExpert expert, final PictureReader pictures, final long seed) {
        this.model = model;
        this.expert = expert;
        this.pictures = pictures;
        this.seed = seed;
        state = new float[expert.config().stateSize()];
    }

    @Override
    public boolean chunk(final Request request, final float[] rows) {
        if (request.state.length != state.length) {
            throw new IllegalArgumentException(
                "the cell has " + request.state.length + " axes, the policy was trained with " + state.length);
        }
        final float[] observation = model.observation(model.prompt(pictures.read(request.pictures), request.instruction));
        final float[] reasoning = Arrays.copyOf(request.reasoningEmbedding, request.reasoningSize);
        for (int i = 0; i < state.length; i++) {
            state[i] = (float) request.state[i];
        }
        return expert.sample(observation, reasoning, state, seed, request.planned, request.continuation, rows);
    }

    @Override
    public void close() {
        // The model outlives the stage.
    }
}
