package dev.continuo.reasoning.tensor;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;

/** The tensor library: loads it once, and without the call home that it makes by default. */
public final class Backend {
    private Backend() {
    }

    /** The engine, loaded. */
    public static Engine engine() {
        return Holder.ENGINE;
    }

    /** A manager of no parent on a device; the caller closes it. */
    public static NDManager newManager(final Device device) {
        return engine().newBaseManager(device);
    }

    private static final class Holder {
        static final Engine ENGINE;

        static {
            System.setProperty("OPT_OUT_TRACKING", "true");
            ENGINE = Engine.getEngine("PyTorch");
        }
    }
}
