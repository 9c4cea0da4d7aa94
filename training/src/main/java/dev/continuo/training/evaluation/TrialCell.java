package dev.continuo.training.evaluation;

import dev.continuo.hardware.Arm;
import dev.continuo.perception.Camera;
import java.util.List;
import java.util.function.LongSupplier;

/** The cell in which one trial is played under a virtual clock: arms behind their own protocols, a camera, and whoever judges. For one thread. */
interface TrialCell extends AutoCloseable {
    /** The drivers of the profile's arms, in their order; closed by whoever takes them. */
    List<Arm> arms();

    /** The profile's camera, whose frames carry the time of a clock. */
    Camera camera(LongSupplier clock);

    /** Moves everything physical on to a time. */
    void advanceTo(long nowNanos);

    /** The arms have been told to play: the trial's time runs. */
    void begin(long nowNanos);

    /** Looks at how things stand; whether the trial is decided. */
    boolean isDecided(long nowNanos);

    /** A reasoning was finished that is about what was seen at a time. */
    void hear(String text, long aboutNanos);

    @Override
    void close();
}
