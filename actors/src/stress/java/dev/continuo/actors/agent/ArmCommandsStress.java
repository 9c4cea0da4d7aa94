package dev.continuo.actors.agent;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Commands for an arm while its agent takes them. */
class ArmCommandsStress {

    /** A motion, then a stop. */
    @JCStressTest
    @Outcome(id = {"S", "RS", "SS", "RSS"}, expect = ACCEPTABLE, desc = "the stop comes last")
    @Outcome(expect = FORBIDDEN, desc = "no stop, or the motion behind it")
    @State
    public static class MotionThenStop extends Taken {

        /** The guardian. */
        @Actor
        public void tell() {
            proxy.tell(ArmCommand.READY);
            proxy.tell(ArmCommand.STOP);
        }

        /** The arm's thread. */
        @Actor
        public void cycle() {
            drain();
        }

        /** Its next cycle. */
        @Arbiter
        public void next(final L_Result result) {
            drain();
            result.r1 = taken.toString();
        }
    }

    /** A stop, then a motion: that may be forgotten, and is asked for again, but must not be overtaken. */
    @JCStressTest
    @Outcome(id = {"SR", "SSR", "S", "SS"}, expect = ACCEPTABLE, desc = "the stop comes first")
    @Outcome(id = "SRS", expect = ACCEPTABLE, desc = "taken as a mark, then as a stop: it stands, and the motion is asked for again")
    @Outcome(expect = FORBIDDEN, desc = "no stop, or the motion before it")
    @State
    public static class StopThenMotion extends Taken {

        /** The guardian. */
        @Actor
        public void tell() {
            proxy.tell(ArmCommand.STOP);
            proxy.tell(ArmCommand.READY);
        }

        /** The arm's thread. */
        @Actor
        public void cycle() {
            drain();
        }

        /** Its next cycle. */
        @Arbiter
        public void next(final L_Result result) {
            drain();
            result.r1 = taken.toString();
        }
    }

    /** Two tell: one stops, one lets the arm be connected anew, which a stop must not swallow. */
    @JCStressTest
    @Outcome(id = {"SC", "CS", "SSC", "SCS", "CSS"}, expect = ACCEPTABLE, desc = "both are taken")
    @Outcome(expect = FORBIDDEN, desc = "one is lost")
    @State
    public static class StopBesideClear extends Taken {

        /** Whoever stops. */
        @Actor
        public void stop() {
            proxy.tell(ArmCommand.STOP);
        }

        /** The guardian. */
        @Actor
        public void clear() {
            proxy.tell(ArmCommand.CLEAR_FAULT);
        }

        /** The arm's thread. */
        @Actor
        public void cycle() {
            drain();
        }

        /** Its next cycle. */
        @Arbiter
        public void next(final L_Result result) {
            drain();
            result.r1 = taken.toString();
        }
    }

    /** What the arm's thread took, by first letters. */
    private static class Taken {
        final ArmAgentProxy proxy = new ArmAgentProxy();
        final StringBuilder taken = new StringBuilder();

        final void drain() {
            proxy.drain(command -> taken.append(command.name().charAt(0)));
        }
    }
}
