package dev.continuo.reasoning.tensor;

/** An element type of a safetensors file, by the name that the file's header uses. */
public enum TensorType {
    /** IEEE single precision. */
    F32(4),
    /** IEEE half precision. */
    F16(2),
    /** The upper half of a single: eight bits of exponent, seven of fraction. */
    BF16(2),
    /** Signed 64-bit integer. */
    I64(8);

    private final int bytes;

    TensorType(final int bytes) {
        this.bytes = bytes;
    }

    /** Size of one element, in bytes. */
    public int bytes() {
        return bytes;
    }

    /** The single-precision value of a BF16 bit pattern: exact. */
    static float fromBfloat16(final short bits) {
        return Float.intBitsToFloat(bits << 16);
    }

    /** The BF16 bit pattern nearest to a single, ties to even; a NaN stays a NaN. */
    static short toBfloat16(final float value) {
        final int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (short) ((bits >>> 16) | 0x40);
        }
        return (short) ((bits + 0x7FFF + ((bits >>> 16) & 1)) >>> 16);
    }
}
