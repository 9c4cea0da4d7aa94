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

    /** DJL looks around for a cloud and tells its makers that it runs, unless it is told not to: before anything of it is used. */
    public static void keepToItself() {
        System.setProperty("OPT_OUT_TRACKING", "true");
    }

    private static final class Holder {
        static final Engine ENGINE;

        static {
            keepToItself();
            ENGINE = Engine.getEngine("PyTorch");
        }
    }
}
