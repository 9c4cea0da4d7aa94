package dev.continuo.simulation.franka;

import dev.continuo.hardware.franka.HandRequest;
import dev.continuo.hardware.franka.HandState;
import dev.continuo.hardware.franka.HandStatus;
import java.util.Optional;

/**
 * The Franka Hand behind the protocol: two fingers, and perhaps something between them. What it is told takes its time, and is given up when it is told something else. For one
 * thread.
 */
public final class SimulatedHand {
    /** How wide it opens, m. */
    public static final double WIDEST = 0.08;

    private static final double CYCLE_SECONDS = 1e-3;
    private static final double HOMING_SPEED = 0.05;
    private static final double FASTEST = 0.2;
    private static final int TEMPERATURE_CELSIUS = 30;

    private double width = WIDEST;
    private double target = WIDEST;
    private double speed;
    private double between;
    private boolean grasped;
    private boolean closedOnce;
    private Optional<HandRequest> doing = Optional.empty();
    private Optional<HandStatus> ended = Optional.empty();

    /**
     * Something is put between the fingers, or nothing.
     *
     * @param metres how wide it is; 0 for nothing
     */
    public void hold(final double metres) {
        between = metres;
    }

    /** The width between the fingers, m. */
    public double width() {
        return width;
    }

    /** Whether it holds what it was told to grasp. */
    public boolean grasped() {
        return grasped;
    }

    /**
     * Begins what a request asks for.
     *
     * @return the answer, if there is one at once
     */
    public Optional<HandStatus> begin(final HandRequest request) {
        return switch (request) {
            case HandRequest.Connect connect -> Optional.of(connect.version() == HandRequest.VERSION ? HandStatus.SUCCESS : HandStatus.FAILED);
            case HandRequest.Stop _ -> {
                abandon();
                yield Optional.of(HandStatus.SUCCESS);
            }
            case HandRequest.Homing _ -> {
                start(request, 0, HOMING_SPEED);
                closedOnce = false;
                yield Optional.empty();
            }
            case HandRequest.Move move -> allowed(move.width(), move.speed()) ? start(request, move.width(), move.speed()) : Optional.of(HandStatus.FAILED);
            case HandRequest.Grasp grasp -> allowed(grasp.width(), grasp.speed()) && grasp.force() >= 0
                ? start(request, 0, grasp.speed()) : Optional.of(HandStatus.FAILED);
        };
    }

    private static boolean allowed(final double width, final double speed) {
        return width >= 0 && width <= WIDEST && speed > 0 && speed <= FASTEST;
    }

    private Optional<HandStatus> start(final HandRequest request, final double to, final double metresPerSecond) {
        abandon();
        doing = Optional.of(request);
        target = to;
        speed = metresPerSecond;
        grasped = false;
        return Optional.empty();
    }

    private void abandon() {
        if (doing.isPresent()) {
            ended = Optional.of(HandStatus.ABORTED);
            doing = Optional.empty();
        }
    }

    /** The answer to what was begun, once it has ended. */
    public Optional<HandStatus> takeEnd() {
        final Optional<HandStatus> end = ended;
        ended = Optional.empty();
        return end;
    }

    /** A millisecond. */
    public void cycle() {
        if (doing.isEmpty()) {
            return;
        }
        final double narrowest = Math.max(target, Math.min(between, width));
        final double before = width;
        width += Math.clamp((target < width ? narrowest : target) - width, -most(), most());
        if (width == before) {
            arrive(doing.get());
        }
    }

    private void arrive(final HandRequest request) {
        switch (request) {
            case HandRequest.Homing _ when !closedOnce -> {
                closedOnce = true;
                target = WIDEST;
            }
            case HandRequest.Grasp grasp -> {
                grasped = between > 0 && width > grasp.width() - grasp.inner() && width < grasp.width() + grasp.outer();
                end(grasped ? HandStatus.SUCCESS : HandStatus.UNSUCCESSFUL);
            }
            case HandRequest.Move move -> end(Math.abs(width - move.width()) < most() ? HandStatus.SUCCESS : HandStatus.UNSUCCESSFUL);
            default -> end(HandStatus.SUCCESS);
        }
    }

    private double most() {
        return speed * CYCLE_SECONDS;
    }

    private void end(final HandStatus status) {
        doing = Optional.empty();
        ended = Optional.of(status);
    }

    /** The state under a counter. */
    HandState state(final long counter) {
        return new HandState(counter, width, WIDEST, grasped, TEMPERATURE_CELSIUS);
    }
}
