package dev.continuo.actors.model;

import ai.djl.Device;
import dev.continuo.actors.agent.ChunkPolicy;
import dev.continuo.actors.agent.Reasoner;
import dev.continuo.perception.Frame;
import dev.continuo.policy.Continuation;
import dev.continuo.perception.PictureLimits;
import dev.continuo.policy.ActionExpert;
import dev.continuo.policy.NormalizationStatistics;
import dev.continuo.policy.PolicyConfig;
import dev.continuo.policy.ScaleDpInitialization;
import dev.continuo.reasoning.VisionLanguageModel;
import dev.continuo.reasoning.network.Initialization;
import dev.continuo.reasoning.network.VlmConfig;
import dev.continuo.reasoning.network.VlmNetwork;
import dev.continuo.reasoning.tensor.Weights;
import dev.continuo.reasoning.text.ChatTokenizer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The model of the shipped size with untrained weights, behind the agents' interfaces. */
final class ModelTest {
    private static final Path FOLDER = Path.of("..", "models", "nano");
    private static final int MAX_TOKENS = 6;

    private static VisionLanguageModel model;
    private static ActionExpert expert;
    private static PictureLimits limits;

    @BeforeAll
    static void make() {
        final VlmConfig config = VlmConfig.load(FOLDER);
        final Weights weights = Initialization.random(config, 1, Device.cpu());
        model = new VisionLanguageModel(new VlmNetwork(config, weights), weights, ChatTokenizer.load(FOLDER), () -> 0);
        final PolicyConfig policy = PolicyConfig.load(FOLDER.resolve(PolicyConfig.FILE));
        final double[] zeros = new double[14];
        final double[] ones = new double[14];
        Arrays.fill(ones, 1);
        final Weights expertWeights = ScaleDpInitialization.random(policy, 2, Device.cpu());
        // An untrained expert does not look at its conditions: what feeds them in begins as zeros.
        for (final String name : List.copyOf(expertWeights.names())) {
            if (name.contains("adaLN") || name.contains("final_layer")) {
                final long[] shape = expertWeights.get(name).getShape().getShape();
                expertWeights.remove(name).close();
                expertWeights.putNormal(name, 0.1, 3, shape);
            }
        }
        expert = new ActionExpert(policy, new NormalizationStatistics(zeros, ones, zeros, ones), expertWeights);
        limits = PictureLimits.load(FOLDER);
    }

    @AfterAll
    static void close() {
        expert.close();
        model.close();
    }

    @Test
    void reasonerStreamsAndCanBeCancelled() {
        final ModelReasoner reasoner = reasoner(UnaryOperator.identity());
        final int[] tokens = new int[1];
        final Reasoner.Thought thought = reasoner.reason(pictures(40), "Pick 3.", text -> ++tokens[0] > 0);
        assertEquals(tokens[0], thought.tokens());
        assertEquals(model.config().hiddenSize(), thought.embedding().length);
        final int[] asked = new int[1];
        assertNull(reasoner.reason(pictures(40), "Pick 3.", text -> ++asked[0] < 1));
        assertEquals(1, asked[0]);
    }

    @Test
    void anEditedReasoningHasTheEmbeddingOfItsOwnWords() {
        final Reasoner.Thought own = reasoner(UnaryOperator.identity()).reason(pictures(40), "Pick 3.", _ -> true);
        final Reasoner.Thought edited = reasoner(_ -> "Pick 4 from left.").reason(pictures(40), "Pick 3.", _ -> true);
        assertEquals("Pick 4 from left.", edited.text());
        assertFalse(Arrays.equals(own.embedding(), edited.embedding()));
        assertArrayEquals(model.embedding(model.prompt(new PictureReader(limits).read(pictures(40)), "Pick 3."), edited.text()),
            edited.embedding());
    }

    private static ModelReasoner reasoner(final UnaryOperator<String> edit) {
        return new ModelReasoner(model, new PictureReader(limits), MAX_TOKENS, edit);
    }

    @Test
    void policySeesPicturesStateAndReasoning() {
        final ChunkPolicy.Request request = new ChunkPolicy.Request(pictures(40), 14, 50, new Continuation(0, 1));
        request.instruction = "Pick 3.";
        request.reasoningEmbedding = new float[model.config().hiddenSize() + 5];
        request.reasoningSize = model.config().hiddenSize();
        final float[] first = chunk(request);
        assertArrayEquals(first, chunk(request), "same inputs, same seed");
        assertTrue(first[0] > -0.1 && first[0] < 1.1, "in the units of the statistics: " + first[0]);
        final ChunkPolicy.Request elsewhere = new ChunkPolicy.Request(pictures(200), 14, 50, new Continuation(0, 1));
        elsewhere.instruction = "Pick 3.";
        elsewhere.reasoningEmbedding = request.reasoningEmbedding.clone();
        Arrays.fill(elsewhere.reasoningEmbedding, 1);
        elsewhere.reasoningSize = request.reasoningSize;
        assertFalse(Arrays.equals(first, chunk(elsewhere)));
    }

    private static float[] chunk(final ChunkPolicy.Request request) {
        final float[] rows = new float[50 * 14];
        assertTrue(new ModelPolicy(model, expert, new PictureReader(limits), 7).chunk(request, rows));
        return rows;
    }

    private static Frame[] pictures(final int shade) {
        final Frame picture = new Frame(112, 84);
        for (int i = 0; i < picture.rgb().length; i++) {
            picture.rgb()[i] = (byte)(shade + i % 50);
        }
        return new Frame[] {picture};
    }
}
