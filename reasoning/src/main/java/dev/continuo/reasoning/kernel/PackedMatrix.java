package dev.continuo.reasoning.kernel;

import java.util.Arrays;

/**
 * A linear layer, {@code y = W·x + b}, laid out for products: by input, what it adds to each output.
 *
 * <p>It is a copy of the weights that it is made from; what happens to them later does not change it. Immutable; for any number of threads.
 */
public final class PackedMatrix {
    private final float[][] byInput;
    private final float[] bias;
    private final int outputs;

    private PackedMatrix(final float[][] byInput, final float[] bias, final int outputs) {
        this.byInput = byInput;
        this.bias = bias;
        this.outputs = outputs;
    }

    /**
     * Packs a layer.
     *
     * @param weight {@code [outputs, inputs]}, row by row
     * @param bias   {@code [outputs]}, or null
     * @param inputs values that the layer takes
     */
    public static PackedMatrix of(final float[] weight, final float[] bias, final int inputs) {
        return of(weight, bias, inputs, 0, weight.length / Math.max(inputs, 1));
    }

    /**
     * Packs some of a layer's outputs.
     *
     * @param weight {@code [all outputs, inputs]}, row by row
     * @param bias   {@code [all outputs]}, or null
     * @param inputs values that the layer takes
     * @param begin  the first output
     * @param end    the output after the last
     * @throws IllegalArgumentException when the lengths do not fit each other
     */
    public static PackedMatrix of(final float[] weight, final float[] bias, final int inputs, final int begin, final int end) {
        if (inputs < 1 || weight.length % inputs != 0 || begin < 0 || begin >= end || end > weight.length / inputs
            || null != bias && bias.length != weight.length / inputs) {
            throw new IllegalArgumentException("outputs " + begin + " to " + end + " of a weight of " + weight.length + " values with "
                + inputs + " inputs" + (null == bias ? "" : " and a bias of " + bias.length));
        }
        final float[][] byInput = Rows.of(inputs, end - begin);
        for (int output = begin; output < end; output++) {
            for (int input = 0; input < inputs; input++) {
                byInput[input][output - begin] = weight[output * inputs + input];
            }
        }
        return new PackedMatrix(byInput, null == bias ? null : Arrays.copyOfRange(bias, begin, end), end - begin);
    }

    /** Values that the layer takes. */
    public int inputs() {
        return byInput.length;
    }

    /** Values that the layer gives. */
    public int outputs() {
        return outputs;
    }

    /**
     * Applies the layer to one row.
     *
     * @param x at least {@link #inputs} values
     * @param y gets {@link #outputs} values; another array than {@code x}
     */
    public void apply(final float[] x, final float[] y) {
        begin(y);
        Products.add(x, 0, byInput, byInput.length, y, outputs);
    }

    /**
     * Applies the layer to several rows, which is faster than one after the other: a weight that was loaded serves them all.
     *
     * @param x    rows of at least {@link #inputs} values
     * @param y    rows that get {@link #outputs} values each; other arrays than those of {@code x}
     * @param rows how many
     */
    public void apply(final float[][] x, final float[][] y, final int rows) {
        for (int i = 0; i < rows; i++) {
            begin(y[i]);
        }
        Products.add(x, 0, byInput, byInput.length, y, rows, outputs);
    }

    /**
     * The weights of one output, as in the look-up of an embedding.
     *
     * @param output which
     * @param y      gets {@link #inputs} values
     */
    public void row(final int output, final float[] y) {
        for (int input = 0; input < byInput.length; input++) {
            y[input] = byInput[input][output];
        }
    }

    private void begin(final float[] y) {
        if (null == bias) {
            Arrays.fill(y, 0, outputs, 0);
        } else {
            System.arraycopy(bias, 0, y, 0, outputs);
        }
    }
}
