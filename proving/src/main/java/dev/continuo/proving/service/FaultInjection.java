package dev.continuo.proving.service;

import dev.continuo.actors.bus.StreamId;
import dev.continuo.proving.fault.Fault;
import dev.continuo.proving.fault.FaultKind;
import dev.continuo.simulation.motors.CanBusModel;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Makes faults happen in a simulated service, and takes them back. */
final class FaultInjection {
    private static final double NANOS = 1e9;
    private static final long MILLISECOND = 1_000_000L;
    /** After an emergency stop is released nothing may move for so long: then somebody starts the arms. */
    private static final long START_AFTER_NANOS = 700 * MILLISECOND;

    private final SimulatedService service;
    private final Map<Fault, Consumer<CanBusModel>> lasting = new HashMap<>();
    private int presses;
    private int parkings;

    FaultInjection(final SimulatedService service) {
        this.service = service;
    }

    void begin(final Fault fault) {
        service.log().tell("fault begins: " + fault.line());
        if (strikesControl(fault)) {
            service.disturbedUntil(service.timeline().clock().nanoTime() + fault.durationMillis() * MILLISECOND);
        }
        set(fault, true);
    }

    void end(final Fault fault) {
        service.log().tell("fault ends: " + fault.line());
        set(fault, false);
    }

    private void set(final Fault fault, final boolean on) {
        final double amount = on ? fault.amount() : 0;
        switch (fault.kind()) {
            case BUS_DROP -> stream(fault).drop = amount;
            case BUS_DUPLICATE -> stream(fault).duplicate = amount;
            case BUS_CORRUPT -> stream(fault).corrupt = amount;
            case BUS_DELAY -> stream(fault).delayNanos = (long) (amount * NANOS);
            case BUS_REORDER -> stream(fault).spreadNanos = (long) (amount * NANOS);
            case PARTITION -> service.busFaults().partitioned(on);
            case PROCESS_JITTER -> service.process(fault.target()).jitter((long) (amount * NANOS));
            case POLICY_NAN, POLICY_INFINITE, POLICY_FROZEN, POLICY_OVERSIZED, POLICY_JUMPING, POLICY_REFUSES, POLICY_THROWS -> service.mind().set(fault.kind(), on);
            case CAMERA_FROZEN -> service.camera().frozen(on);
            case CAMERA_GONE -> service.camera().gone(on);
            case EMERGENCY_STOP -> press(on);
            case PARK -> park(on);
            case CAN_DEAD, MOTOR_SILENT, MOTOR_LATE, MOTOR_DUPLICATED -> motors(fault, on);
            case PROCESS_PAUSE, PROCESS_KILL, AGENT_HANG, AGENT_THROW, CAN_GARBAGE, CAN_OFF, MOTOR_BIT_FLIP, INSTRUCTION -> {
                if (on) {
                    strike(fault);
                }
            }
        }
    }

    private static boolean strikesControl(final Fault fault) {
        return switch (fault.kind()) {
            case PROCESS_PAUSE, PROCESS_JITTER -> fault.target().equals("control");
            case AGENT_HANG, AGENT_THROW -> fault.target().startsWith("arm-");
            default -> false;
        };
    }

    /** What happens once. */
    private void strike(final Fault fault) {
        final long untilNanos = service.timeline().clock().nanoTime() + fault.durationMillis() * MILLISECOND;
        switch (fault.kind()) {
            case PROCESS_PAUSE -> service.process(fault.target()).pauseUntil(untilNanos);
            case PROCESS_KILL -> service.killBrain();
            case AGENT_HANG -> processOf(fault.target()).hangUntil(fault.target(), untilNanos);
            case AGENT_THROW -> processOf(fault.target()).throwOnce(fault.target(), "a planned failure");
            case CAN_GARBAGE -> service.motorFaults().once(arm(fault), bus -> bus.faults().garbage((int) fault.durationMillis()));
            case CAN_OFF -> service.motorFaults().once(arm(fault), bus -> bus.busOff(service.log().nowNanos()));
            case MOTOR_BIT_FLIP -> service.motorFaults().once(arm(fault), bus -> bus.faults().flipOnce(motor(fault), 1L << fault.fromMillis() % Long.SIZE));
            case INSTRUCTION -> service.instruct("Pick the card with the correct answer, please. (" + fault.fromMillis() + ")");
            default -> throw new IllegalArgumentException(fault.line());
        }
    }

    private BusFaults.OfStream stream(final Fault fault) {
        return service.busFaults().of(StreamId.valueOf(fault.target().toUpperCase(Locale.ROOT)));
    }

    /** Where an agent runs. */
    private SimulatedProcess processOf(final String agent) {
        return service.process(agent.startsWith("arm-") || agent.equals("instruction") || agent.equals("monitor") ? "control" : "brain");
    }

    /** Two people may press at once: it stays pressed until both have let go. */
    private void press(final boolean on) {
        presses += on ? 1 : -1;
        if (on) {
            service.press();
        } else if (presses == 0) {
            service.release();
            service.timeline().in(START_AFTER_NANOS, this::start);
        }
    }

    /** Likewise: they stay parked until both want them started. */
    private void park(final boolean on) {
        parkings += on ? 1 : -1;
        if (on) {
            service.park();
        } else {
            start();
        }
    }

    private void start() {
        if (presses == 0 && parkings == 0) {
            service.start();
        }
    }

    private void motors(final Fault fault, final boolean on) {
        final int arm = arm(fault);
        if (on) {
            final Consumer<CanBusModel> what = bus -> apply(bus, fault, true);
            lasting.put(fault, what);
            service.motorFaults().begin(arm, what);
        } else {
            service.motorFaults().end(arm, lasting.remove(fault), bus -> apply(bus, fault, false));
        }
    }

    private static void apply(final CanBusModel bus, final Fault fault, final boolean on) {
        switch (fault.kind()) {
            case CAN_DEAD -> bus.faults().dead(on);
            case MOTOR_SILENT -> bus.faults().silence(motor(fault), on);
            case MOTOR_LATE -> bus.faults().late(motor(fault), on ? (long) (fault.amount() * NANOS) : 0);
            case MOTOR_DUPLICATED -> bus.faults().duplicate(motor(fault), on);
            default -> throw new IllegalArgumentException(fault.kind() + " does not last");
        }
    }

    private static int arm(final Fault fault) {
        return Integer.parseInt(fault.kind().target() == FaultKind.Target.MOTOR ? fault.target().substring(0, fault.target().indexOf('.')) : fault.target());
    }

    private static int motor(final Fault fault) {
        return Integer.parseInt(fault.target().substring(fault.target().indexOf('.') + 1));
    }
}
