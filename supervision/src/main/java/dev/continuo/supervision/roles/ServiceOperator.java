package dev.continuo.supervision.roles;

import dev.continuo.hardware.safety.EmergencyStop;
import dev.continuo.supervision.cluster.ToGuardian;
import dev.continuo.supervision.web.Operator;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Passes on what is asked of the service. The emergency stop is acted on at once, without an actor in between.
 *
 * @param task          which instructions there are
 * @param emergencyStop of all arms
 * @param guardian      takes the rest
 */
record ServiceOperator(String task, EmergencyStop emergencyStop, ActorRef<ToGuardian> guardian) implements Operator {
    @Override
    public void stop(final String why) {
        emergencyStop.trigger(why);
    }

    @Override
    public void release() {
        emergencyStop.reset();
    }

    @Override
    public void instruct(final String text) {
        Cells.check(task, text);
        guardian.tell(new Guardian.Instruct(text));
    }

    @Override
    public void start() {
        requireReleased();
        guardian.tell(new Guardian.Start());
    }

    @Override
    public void park() {
        requireReleased();
        guardian.tell(new Guardian.Park());
    }

    @Override
    public void finish() {
        guardian.tell(new Guardian.Finish());
    }

    private void requireReleased() {
        if (emergencyStop.isTriggered()) {
            throw new IllegalStateException("the emergency stop is on: release it first");
        }
    }
}
