package dev.continuo.actors.agent;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.continuo.hardware.safety.EmergencyStop;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZZ_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;
import org.openjdk.jcstress.infra.results.Z_Result;

/** The emergency stop and the gate that it closes, by threads that do not wait for each other. */
class EmergencyStopStress {

    /** A control cycle looks twice while somebody presses and releases at once; then another looks. */
    @JCStressTest
    @Outcome(id = "true, true, false", expect = ACCEPTABLE, desc = "pressed behind both looks")
    @Outcome(id = "true, false, false", expect = ACCEPTABLE, desc = "pressed between them")
    @Outcome(id = "false, false, false", expect = ACCEPTABLE, desc = "pressed before them")
    @Outcome(expect = FORBIDDEN, desc = "a gate that opens by itself, or stays open")
    @State
    public static class PressedAndReleased {
        private final EmergencyStop stop = new EmergencyStop();
        private final MotionGate gate = opened(stop);

        /** Somebody at the button. */
        @Actor
        public void press() {
            stop.trigger("stress");
            stop.reset();
        }

        /** An arm's thread. */
        @Actor
        public void cycles(final ZZZ_Result result) {
            result.r1 = gate.isOpen();
            result.r2 = gate.isOpen();
        }

        /** Any later cycle. */
        @Arbiter
        public void later(final ZZZ_Result result) {
            result.r3 = gate.isOpen();
        }
    }

    /** Somebody opens the gate while somebody else presses; then the stop is released, and nothing else. */
    @JCStressTest
    @Outcome(id = "false, false", expect = ACCEPTABLE, desc = "closed while pressed, and closed until it is opened again")
    @Outcome(expect = FORBIDDEN, desc = "open while pressed, or opened by the release")
    @State
    public static class PressedWhileOpened {
        private final EmergencyStop stop = new EmergencyStop();
        private final MotionGate gate = new MotionGate(stop);

        /** Somebody at the button. */
        @Actor
        public void press() {
            stop.trigger("stress");
        }

        /** The guardian. */
        @Actor
        public void open() {
            gate.open();
        }

        /** An arm's thread, before the release and after it. */
        @Arbiter
        public void release(final ZZ_Result result) {
            result.r1 = gate.isOpen();
            stop.reset();
            result.r2 = gate.isOpen();
        }
    }

    /** Two press and one of them releases at once. */
    @JCStressTest
    @Outcome(id = "false", expect = ACCEPTABLE, desc = "closed, whether the stop is still on or not")
    @Outcome(id = "true", expect = FORBIDDEN, desc = "a press that was lost")
    @State
    public static class PressedByTwo {
        private final EmergencyStop stop = new EmergencyStop();
        private final MotionGate gate = opened(stop);

        /** The one who releases. */
        @Actor
        public void pressAndRelease() {
            stop.trigger("one");
            stop.reset();
        }

        /** The other. */
        @Actor
        public void press() {
            stop.trigger("other");
        }

        /** An arm's thread. */
        @Arbiter
        public void later(final Z_Result result) {
            result.r1 = gate.isOpen();
        }
    }

    private static MotionGate opened(final EmergencyStop stop) {
        final MotionGate gate = new MotionGate(stop);
        gate.open();
        return gate;
    }
}
