package dev.continuo.policy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.continuo.config.ProfileException;
import java.util.Map;

/**
 * Named tensors, taken with their shape checked.
 *
 * @param tensors the tensors by their published names
 * @param source  where they come from, for messages
 */
record TensorTable(Map<String, NDArray> tensors, String source) {

    /** The float tensor of a name and shape. */
    NDArray tensor(final String name, final long... shape) {
        final NDArray tensor = tensors.get(name);
        final Shape expected = new Shape(shape);
        if (tensor == null) {
            throw new ProfileException(source + ": tensor " + name + " " + expected + " is missing");
        }
        if (!tensor.getShape().equals(expected)) {
            throw new ProfileException(source + ": tensor " + name + " has shape " + tensor.getShape() + ", expected " + expected);
        }
        if (tensor.getDataType() != DataType.FLOAT32) {
            throw new ProfileException(source + ": tensor " + name + " is " + tensor.getDataType() + ", expected FLOAT32");
        }
        return tensor;
    }

    /** The linear layer {@code name.weight} [out, in] and {@code name.bias} [out]. */
    Dense dense(final String name, final long out, final long in) {
        return new Dense(tensor(name + ".weight", out, in), tensor(name + ".bias", out));
    }
}
