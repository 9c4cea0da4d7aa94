package dev.continuo.policy;

import static dev.continuo.policy.RandomValues.random;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import dev.continuo.config.ProfileException;
import dev.continuo.reasoning.tensor.TensorType;
import dev.continuo.reasoning.tensor.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActionExpertTest {

    private static final PolicyConfig TINY =
        new PolicyConfig(2, 16, 2, 4, 3, 2, 8, 100, 10, Prediction.EPSILON, Conditioning.ReasoningFollowing.latterHalf(2));

    @TempDir
    private Path directory;

    private static NormalizationStatistics statistics() {
        return new NormalizationStatistics(
            new double[] {-1, 0, 2}, new double[] {1, 0.088, 3}, new double[] {0.5, -0.5}, new double[] {1, 0});
    }

    /** Weights that do something: the fresh ones hold zeros where a chunk would begin to depend on anything. */
    private static Weights weights(final PolicyConfig config) {
        final Weights weights = ScaleDpInitialization.random(config, 3, Device.cpu());
        for (final String name : weights.names()) {
            weights.putNormal(name, 0.3, 5, weights.get(name).getShape().getShape());
        }
        return weights;
    }

    private void saveModel() throws IOException {
        TINY.save(directory.resolve(PolicyConfig.FILE));
        statistics().save(directory.resolve(NormalizationStatistics.FILE));
        try (Weights weights = weights(TINY)) {
            weights.save(directory.resolve(ActionExpert.WEIGHTS_FILE), TensorType.F32, Map.of());
        }
    }

    @Test
    void theConfigurationThatShipsIsTheNanoSize() {
        assertEquals(PolicyConfig.nano(192), PolicyConfig.load(Path.of("../models/nano", PolicyConfig.FILE)));
    }

    @Test
    void aSeedDeterminesTheChunkAndTheChunkKeepsToTheRangeOfTheTrainingSet() throws IOException {
        saveModel();
        final float[] first = new float[12];
        final float[] again = new float[12];
        final float[] other = new float[12];
        try (ActionExpert expert = ActionExpert.load(directory, Device.cpu())) {
            assertTrue(expert.sample(random(1, 8), random(2, 8), random(3, 2), 42, first));
            assertTrue(expert.sample(random(1, 8), random(2, 8), random(3, 2), 42, again));
            assertTrue(expert.sample(random(1, 8), random(2, 8), random(3, 2), 43, other));
        }
        assertArrayEquals(first, again);
        assertFalse(Arrays.equals(first, other));
        for (int row = 0; row < 4; row++) {
            assertEquals(0, first[3 * row], 1.0002);
            assertEquals(0.044, first[3 * row + 1], 0.0443);
            assertEquals(2.5, first[3 * row + 2], 0.5002);
        }
    }

    @Test
    void observationReasoningAndStateEachChangeTheChunk() {
        try (ActionExpert expert = new ActionExpert(TINY, statistics(), weights(TINY))) {
            final float[] base = chunk(expert, 1, 2, 3);
            assertFalse(Arrays.equals(base, chunk(expert, 9, 2, 3)), "observation");
            assertFalse(Arrays.equals(base, chunk(expert, 1, 9, 3)), "reasoning");
            assertFalse(Arrays.equals(base, chunk(expert, 1, 2, 9)), "state");
        }
    }

    @Test
    void withObservationOnlyTheReasoningChangesNothing() {
        final PolicyConfig config = new PolicyConfig(2, 16, 2, 4, 3, 2, 8, 100, 10, Prediction.EPSILON, new Conditioning.ObservationOnly());
        try (ActionExpert expert = new ActionExpert(config, statistics(), weights(config))) {
            assertArrayEquals(chunk(expert, 1, 2, 3), chunk(expert, 1, 9, 3));
            assertFalse(Arrays.equals(chunk(expert, 1, 2, 3), chunk(expert, 9, 2, 3)));
        }
    }

    @Test
    void featureWiseModulationIsHeardOnceItHasWeights() {
        final PolicyConfig config = TINY.with(new Conditioning.FeatureWise());
        try (ActionExpert expert = new ActionExpert(config, statistics(), weights(config))) {
            assertFalse(Arrays.equals(chunk(expert, 1, 2, 3), chunk(expert, 1, 9, 3)), "reasoning");
            assertFalse(Arrays.equals(chunk(expert, 1, 2, 3), chunk(expert, 9, 2, 3)), "observation");
        }
        final Weights silent = weights(config);
        for (final String name : new String[] {"film.scale.weight", "film.scale.bias", "film.shift.weight", "film.shift.bias"}) {
            silent.putConstant(name, 0, silent.get(name).getShape().getShape());
        }
        try (ActionExpert expert = new ActionExpert(config, statistics(), silent)) {
            assertArrayEquals(chunk(expert, 1, 2, 3), chunk(expert, 1, 9, 3), "with scale and shift 0 nothing is heard");
        }
    }

    private static float[] chunk(final ActionExpert expert, final int observation, final int reasoning, final int state) {
        final float[] chunk = new float[12];
        assertTrue(expert.sample(random(observation, 8), random(reasoning, 8), random(state, 2), 42, chunk));
        return chunk;
    }

    @Test
    void reportsAChunkThatIsNotFiniteAndLeavesTheOutputAlone() {
        try (ActionExpert expert = new ActionExpert(TINY, statistics(), weights(TINY))) {
            final float[] observation = random(1, 8);
            observation[3] = Float.NaN;
            final float[] chunk = new float[12];
            Arrays.fill(chunk, 7);
            assertFalse(expert.sample(observation, random(2, 8), random(3, 2), 42, chunk));
            assertEquals(7, chunk[0]);
            assertEquals(7, chunk[11]);
        }
    }

    @Test
    void refusesInputsOfAnotherLength() {
        try (ActionExpert expert = new ActionExpert(TINY, statistics(), weights(TINY))) {
            assertThrows(IllegalArgumentException.class, () -> expert.sample(new float[7], new float[8], new float[2], 1, new float[12]));
            assertThrows(IllegalArgumentException.class, () -> expert.sample(new float[8], new float[7], new float[2], 1, new float[12]));
            assertThrows(IllegalArgumentException.class, () -> expert.sample(new float[8], new float[8], new float[3], 1, new float[12]));
            assertThrows(IllegalArgumentException.class, () -> expert.sample(new float[8], new float[8], new float[2], 1, new float[11]));
        }
    }

    @Test
    void theWeightsAreReadOnce() {
        final Weights weights = weights(TINY);
        try (ActionExpert expert = new ActionExpert(TINY, statistics(), weights)) {
            final float[] before = chunk(expert, 1, 2, 3);
            weights.names().forEach(name -> weights.putConstant(name, 0, weights.get(name).getShape().getShape()));
            assertArrayEquals(before, chunk(expert, 1, 2, 3));
        }
    }

    @Test
    void aSecondChunkOfASeedAllocatesNothing() {
        final float[] observation = random(1, 8);
        final float[] reasoning = random(2, 8);
        final float[] state = random(3, 2);
        final float[] chunk = new float[12];
        try (ActionExpert expert = new ActionExpert(TINY, statistics(), weights(TINY))) {
            final long bytes = Allocation.leastOf(200, () -> expert.sample(observation, reasoning, state, 42, chunk));
            assertEquals(0, bytes, "bytes of 200 chunks");
        }
    }

    @Test
    void severalThreadsMaySampleAtOnce() throws InterruptedException, ExecutionException {
        try (ActionExpert expert = new ActionExpert(TINY, statistics(), weights(TINY));
            ExecutorService threads = Executors.newFixedThreadPool(3)) {
            final float[] alone = chunk(expert, 1, 2, 3);
            final List<Future<float[]>> together = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                together.add(threads.submit(() -> chunk(expert, 1, 2, 3)));
            }
            for (final Future<float[]> chunk : together) {
                assertArrayEquals(alone, chunk.get());
            }
        }
    }

    @Test
    void tellsEachFlawOfAModelDirectoryInOneLine() throws IOException {
        saveModel();
        final Path config = directory.resolve(PolicyConfig.FILE);
        final Path statistics = directory.resolve(NormalizationStatistics.FILE);
        final Path weights = directory.resolve(ActionExpert.WEIGHTS_FILE);
        final String goodConfig = Files.readString(config);
        final String goodStatistics = Files.readString(statistics);

        Files.writeString(config, goodConfig.replace("\"width\" : 16", "\"width\" : 15"));
        assertFlaw("width 15 is no multiple of heads 2");
        Files.writeString(config, goodConfig.replace("\"blocks\"", "\"bloks\""));
        assertFlaw("blocks");
        Files.writeString(config, goodConfig.replace("\"o\"", "\"oo\""));
        assertFlaw("conditioning.observation is 'oo'");
        Files.writeString(config, goodConfig.replace("{", ""));
        assertFlaw(PolicyConfig.FILE);
        Files.writeString(config, goodConfig.replace("\"width\" : 16", "\"width\" : 32"));
        assertFlaw("expected (32");
        Files.writeString(config, goodConfig.replace("\"action_size\" : 3", "\"action_size\" : 4"));
        assertFlaw("statistics for actions of 3");
        Files.writeString(config, goodConfig);

        Files.writeString(statistics, goodStatistics.replace("-0.5", "\"half\""));
        assertFlaw(NormalizationStatistics.FILE);
        Files.writeString(statistics, goodStatistics.replace("0.088", "-0.088"));
        assertFlaw("action.min[1] .. action.max[1] is 0.0 .. -0.088");
        Files.delete(statistics);
        assertFlaw(NormalizationStatistics.FILE);
        Files.writeString(statistics, goodStatistics);

        Files.write(weights, Arrays.copyOf(Files.readAllBytes(weights), 5000));
        assertFlaw(ActionExpert.WEIGHTS_FILE);
        Files.delete(weights);
        assertFlaw(ActionExpert.WEIGHTS_FILE);
    }

    private void assertFlaw(final String expected) {
        final String message = assertThrows(ProfileException.class, () -> ActionExpert.load(directory, Device.cpu())).getMessage();
        assertTrue(message.contains(expected), message);
        assertEquals(1, message.lines().count(), message);
    }
}
