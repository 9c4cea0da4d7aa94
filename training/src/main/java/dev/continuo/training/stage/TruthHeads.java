package dev.continuo.training.stage;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.continuo.reasoning.tensor.GradientMode;
import dev.continuo.reasoning.tensor.Scalar;
import dev.continuo.reasoning.tensor.TensorType;
import dev.continuo.reasoning.tensor.Weights;
import dev.continuo.training.data.Robot;
import dev.continuo.training.data.SceneTruth;
import dev.continuo.training.data.SymbolMap;
import dev.continuo.training.data.ToyTruth;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * Linear read-outs of what is true about a robot's pictures, which exist in training alone: the symbols or toys seen in each image token, the
 * scene from {@code o}, what comes next from {@code r}.
 *
 * <p>Words and motion say little about what went wrong in which corner of a picture: a model of the published size was taught to see by
 * hundreds of millions of pictures, one of the {@code nano} size has to learn it here. What is linear in a condition is also what the
 * action expert can take from it. For one thread.
 */
final class TruthHeads implements AutoCloseable {
    private static final String SYMBOLS = "symbols";
    private static final String SCENE = "scene";
    private static final String NEXT = "next";
    private static final String ASKED = "asked";
    private static final String WEIGHT = ".weight";
    private static final String BIAS = ".bias";
    /** What is told of each place in a picture: what it is to the instruction, and where on the table. */
    private static final int ASKED_FEATURES = ToyTruth.ASKED + 2;
    /** Where in {@link ToyTruth#ofScene} the object and the target stand. */
    private static final int[] STANDS_AT = {0, 5};
    /** Most of a picture shows no symbol. */
    private static final float NOTHING_WEIGHT = 0.05f;
    private static final double FIRST_DEVIATION = 0.05;
    private static final float LEAST_VARIANCE = 1e-8f;

    private final Weights weights;
    private final Told told;

    /** What is told about a robot's pictures. */
    private enum Told {
        CARDS("truth-heads.safetensors", SymbolMap.KINDS, SceneTruth.SCENE_FEATURES, SceneTruth.NEXT_FEATURES),
        TOYS("toy-truth-heads.safetensors", ToyTruth.KINDS, ToyTruth.SCENE_FEATURES, ToyTruth.NEXT_FEATURES);

        private final String file;
        private final int kinds;
        private final int sceneFeatures;
        private final int nextFeatures;

        Told(final String file, final int kinds, final int sceneFeatures, final int nextFeatures) {
            this.file = file;
            this.kinds = kinds;
            this.sceneFeatures = sceneFeatures;
            this.nextFeatures = nextFeatures;
        }

        static Told of(final Robot robot) {
            return robot == Robot.ARX ? CARDS : TOYS;
        }
    }

    private TruthHeads(final Told told, final Weights weights) {
        this.told = told;
        this.weights = weights;
    }

    /** Fresh heads for a robot's pictures and a hidden size. */
    static TruthHeads random(final Robot robot, final int hiddenSize, final long seed) {
        final Told told = Told.of(robot);
        return complete(told, Weights.empty("truth heads", Device.cpu()), hiddenSize, seed);
    }

    /** With fresh heads in place of those that are missing. */
    private static TruthHeads complete(final Told told, final Weights weights, final int hiddenSize, final long seed) {
        put(weights, SYMBOLS, (long) told.kinds * SymbolMap.HALVES, hiddenSize, seed);
        put(weights, SCENE, told.sceneFeatures, hiddenSize, seed);
        put(weights, NEXT, told.nextFeatures, hiddenSize, seed);
        if (told == Told.TOYS) {
            put(weights, ASKED, ASKED_FEATURES, hiddenSize, seed);
        }
        return new TruthHeads(told, weights);
    }

    private static void put(final Weights weights, final String head, final long outputs, final int inputs, final long seed) {
        if (!weights.names().contains(head + WEIGHT)) {
            weights.putNormal(head + WEIGHT, FIRST_DEVIATION, seed, outputs, inputs);
            weights.putConstant(head + BIAS, 0, outputs);
        }
    }

    /** The heads that a stage left in {@code folder}; fresh ones if it left none. */
    static TruthHeads loadOrRandom(final Robot robot, final Path folder, final int hiddenSize, final long seed) {
        final Told told = Told.of(robot);
        final Path file = folder.resolve(told.file);
        return Files.isRegularFile(file) ? complete(told, Weights.load(file, Device.cpu()), hiddenSize, seed) : random(robot, hiddenSize, seed);
    }

    /** Of each robot that is trained, the heads that a stage left in {@code folder}, or fresh ones. */
    static Map<Robot, TruthHeads> all(final ModelSizes sizes, final Path folder, final long seed) {
        final Map<Robot, TruthHeads> heads = new EnumMap<>(Robot.class);
        sizes.policies().keySet().forEach(robot -> heads.put(robot, loadOrRandom(robot, folder, sizes.vlm().hiddenSize(), seed)));
        return heads;
    }

    void save(final Path folder) {
        weights.save(folder.resolve(told.file), TensorType.F32, Map.of());
    }

    Weights weights() {
        return weights;
    }

    /** The loss of a picture's symbols, and the share of the symbols that were read right. */
    record Symbols(NDArray loss, NDArray right) {
    }

    /**
     * Reads symbols.
     *
     * @param seen  [tokens, hidden], image tokens of all pictures
     * @param kinds of the same pictures, see {@link SymbolMap}
     */
    Symbols symbols(final NDArray seen, final long[] kinds) {
        return classified(apply(SYMBOLS, seen).reshape(-1, told.kinds), kinds);
    }

    /** The loss of where in the pictures stands what is asked for, and the share of it that is found where its picture looks most like it. */
    record Asked(NDArray loss, double found) {
    }

    /**
     * What is read at each image token: what it is to the instruction, and where on the table.
     *
     * @param looked [tokens, hidden], image tokens of all pictures as the decoder leaves them, which know the instruction only where it stands before the pictures
     */
    NDArray readOut(final NDArray looked) {
        return apply(ASKED, looked);
    }

    /**
     * Finds the object and the target of the instruction.
     *
     * @param readOut of {@link #readOut}
     * @param asked   of the same tokens, see {@link ToyTruth#ASKED}
     * @param tokens  of one picture
     */
    Asked asked(final NDArray readOut, final long[] asked, final int tokens) {
        final NDArray logits = readOut.get(":, :" + ToyTruth.ASKED);
        final long count = Arrays.stream(asked).filter(kind -> kind > 0).count();
        return new Asked(classified(logits, asked).loss, count == 0 ? 0 : (double) found(logits, asked, tokens) / count);
    }

    /**
     * The mean squared error of the places on the table, read where the object and the target are seen.
     *
     * @param readOut of {@link #readOut}
     * @param asked   of the same tokens, see {@link ToyTruth#ASKED}
     * @param scene   what is true about the pictures
     */
    NDArray placeError(final NDArray readOut, final long[] asked, final float[] scene) {
        final int tokens = asked.length * told.sceneFeatures / scene.length;
        final float[] places = new float[2 * asked.length];
        final float[] stands = new float[asked.length];
        int count = 0;
        for (int token = 0; token < asked.length; token++) {
            if (asked[token] > 0) {
                System.arraycopy(scene, token / tokens * told.sceneFeatures + STANDS_AT[(int) asked[token] - 1], places, 2 * token, 2);
                stands[token] = 1;
                count++;
            }
        }
        final NDManager scope = readOut.getManager();
        final NDArray errors = readOut.get(":, " + ToyTruth.ASKED + ":").sub(scope.create(places, new Shape(asked.length, 2)))
            .square().mean(new int[] {1});
        return errors.mul(scope.create(stands)).sum().div(Scalar.of(readOut, Math.max(1, count)));
    }

    private static int found(final NDArray logits, final long[] asked, final int tokens) {
        final float[] looks = logits.stopGradient().toFloatArray();
        int found = 0;
        for (int token = 0; token < asked.length; token++) {
            final int kind = (int) asked[token];
            final int first = token - token % tokens;
            int best = first;
            for (int other = first; other < first + tokens && kind > 0; other++) {
                best = surplus(looks, other, kind) > surplus(looks, best, kind) ? other : best;
            }
            found += kind > 0 && best == token ? 1 : 0;
        }
        return found;
    }

    /** How much more a token looks like a kind than like nothing. */
    private static float surplus(final float[] logits, final int token, final int kind) {
        return logits[ToyTruth.ASKED * token + kind] - logits[ToyTruth.ASKED * token];
    }

    private static Symbols classified(final NDArray logits, final long[] kinds) {
        final NDManager scope = logits.getManager();
        final float[] shares = new float[kinds.length];
        final float[] written = new float[kinds.length];
        float total = 0;
        int count = 0;
        for (int i = 0; i < kinds.length; i++) {
            shares[i] = kinds[i] == 0 ? NOTHING_WEIGHT : 1;
            written[i] = kinds[i] == 0 ? 0 : 1;
            total += shares[i];
            count += kinds[i] == 0 ? 0 : 1;
        }
        final NDArray labels = scope.create(kinds);
        final NDArray errors = logits.logSoftmax(-1).gather(labels.expandDims(1), 1).squeeze(1).neg();
        final NDArray loss = errors.mul(scope.create(shares)).sum().div(Scalar.of(logits, total));
        try (GradientMode _ = GradientMode.off()) {
            final NDArray right = logits.stopGradient().argMax(-1).eq(labels).toType(DataType.FLOAT32, false)
                .mul(scope.create(written)).sum().div(Math.max(1, count));
            return new Symbols(loss, right);
        }
    }

    /** The mean squared error of the scene's numbers read from {@code o}, [pictures, hidden]. */
    NDArray sceneError(final NDArray observation, final float[] truth) {
        return error(SCENE, observation, truth);
    }

    /** The mean squared error of what comes next read from {@code r}, [pictures, hidden]. */
    NDArray nextError(final NDArray reasoning, final float[] truth) {
        return error(NEXT, reasoning, truth);
    }

    private NDArray error(final String head, final NDArray condition, final float[] truth) {
        final long rows = condition.getShape().get(0);
        final NDArray target = condition.getManager().create(truth, new Shape(rows, truth.length / rows));
        return apply(head, standard(condition)).sub(target).square().mean();
    }

    /**
     * Each feature with mean 0 and deviation 1 over the batch: a condition is a mean over some hundred tokens of which few tell one scene
     * from another, so that nearly all of it is the same everywhere. The action expert's projections begin the same way.
     */
    private static NDArray standard(final NDArray condition) {
        final NDArray centred = condition.sub(condition.mean(new int[] {0}, true));
        return centred.div(centred.square().mean(new int[] {0}, true).add(LEAST_VARIANCE).sqrt());
    }

    private NDArray apply(final String head, final NDArray input) {
        return input.matMul(weights.get(head + WEIGHT).transpose()).add(weights.get(head + BIAS));
    }

    @Override
    public void close() {
        weights.close();
    }
}
