package dev.continuo.training.demonstration;

import dev.continuo.simulation.cell.Layout;
import dev.continuo.simulation.cell.SimulatedCell;
import dev.continuo.simulation.game.Scenes;
import dev.continuo.simulation.physics.ArmModel;
import dev.continuo.simulation.scene.CellGeometry;
import dev.continuo.simulation.scene.SceneState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Lets the {@link ScriptedExpert} play an episode in the simulated cell and records it, at 50 rows a second.
 *
 * <p>One recorder plays one episode after the other, in one thread. An episode depends on its seed alone.
 */
public final class DemonstrationRecorder implements AutoCloseable {
    /** Time between two rows. */
    public static final long ROW_NANOS = 20_000_000L;

    private static final int SUB_STEPS = 5;
    private static final int HOLD_ROWS = 60;
    private static final double START_NOISE_METRES = 0.03;
    private static final double LAID_WITHIN_METRES = 0.02;

    private final SimulatedCell cell = new SimulatedCell(ArmModel.R5);
    private final SceneState scene = new SceneState();
    private final double[] setpoint = new double[14];
    private final double[] next = new double[14];
    private final double[] between = new double[14];
    private final double[] velocity = new double[14];

    private final List<float[]> states = new ArrayList<>();
    private final List<float[]> actions = new ArrayList<>();
    private final List<float[]> cards = new ArrayList<>();
    private final List<Integer> placed = new ArrayList<>();
    private final List<Boolean> detours = new ArrayList<>();
    private ToolServo servo;
    private ToolPose[] tools;
    private int placedCards;

    /**
     * Plays and records one episode.
     *
     * @param equation what stands on the board; only written down
     * @param values   the cards' numbers from left to right
     * @param answer   the places of the answer's cards, in the order in which they are laid
     * @param layout   where everything lies
     * @return the record, or nothing if the cards did not end up in their slots
     */
    public Optional<Demonstration> record(
        final String equation, final int[] values, final int[] answer, final Layout layout, final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        begin(layout, random);
        final ScriptedExpert expert = new ScriptedExpert(random);
        for (int slot = 0; slot < answer.length; slot++) {
            Scenes.observe(cell.state(), scene);
            final int arm = ScriptedExpert.armFor(answer[slot]);
            final List<Leg> legs = expert.pickAndPlace(scene, answer[slot], slot);
            for (int leg = 0; leg < legs.size(); leg++) {
                play(legs.get(leg));
                if (legs.get(leg).target().openingMetres() == ScriptedExpert.OPEN && leg == legs.size() - 3) {
                    placedCards++;
                }
            }
            servo.setpoint(arm, tools[arm], setpoint);
        }
        hold();
        Scenes.observe(cell.state(), scene);
        for (int slot = 0; slot < answer.length; slot++) {
            final double dx = scene.card(answer[slot], 0) - scene.slotX(slot);
            final double dy = scene.card(answer[slot], 1) - scene.slotY(slot);
            if (Math.hypot(dx, dy) > LAID_WITHIN_METRES || scene.cardUprightness(answer[slot]) < 0.98) {
                return Optional.empty();
            }
        }
        return Optional.of(new Demonstration(equation, values.clone(),
            new float[] {(float) scene.boardX, (float) scene.boardY, (float) scene.boardYaw},
            states.toArray(float[][]::new), actions.toArray(float[][]::new), cards.toArray(float[][]::new), bytes(), Episode.flags(detours)));
    }

    private void begin(final Layout layout, final SplittableRandom random) {
        states.clear();
        actions.clear();
        cards.clear();
        placed.clear();
        detours.clear();
        placedCards = 0;
        servo = new ToolServo();
        tools = new ToolPose[2];
        for (int arm = 0; arm < 2; arm++) {
            tools[arm] = ScriptedExpert.ready(arm).moved(noise(random), noise(random), Math.abs(noise(random)));
            servo.setpoint(arm, tools[arm], setpoint);
        }
        cell.layOut(layout);
        cell.resetArms(setpoint);
        cell.drive(setpoint);
        cell.step(200_000_000L);
    }

    private static double noise(final SplittableRandom random) {
        return random.nextDouble(-START_NOISE_METRES, START_NOISE_METRES);
    }

    private void play(final Leg leg) {
        final ToolPose from = tools[leg.arm()];
        final int rows = Math.max(1, (int) Math.round(leg.seconds() * 1e9 / ROW_NANOS));
        for (int row = 1; row <= rows; row++) {
            note(leg.detour());
            System.arraycopy(setpoint, 0, next, 0, next.length);
            servo.setpoint(leg.arm(), from.towards(leg.target(), Leg.progress((double) row / rows)), next);
            advance();
        }
        tools[leg.arm()] = leg.target();
    }

    private void hold() {
        for (int row = 0; row < HOLD_ROWS; row++) {
            note(false);
            System.arraycopy(setpoint, 0, next, 0, next.length);
            advance();
        }
    }

    /** Drives from the present set-point to the next one within a row. */
    private void advance() {
        for (int axis = 0; axis < next.length; axis++) {
            velocity[axis] = (next[axis] - setpoint[axis]) * 1e9 / ROW_NANOS;
        }
        for (int step = 1; step <= SUB_STEPS; step++) {
            for (int axis = 0; axis < next.length; axis++) {
                between[axis] = setpoint[axis] + (next[axis] - setpoint[axis]) * step / SUB_STEPS;
            }
            cell.drive(between, velocity);
            cell.step(ROW_NANOS / SUB_STEPS);
        }
        System.arraycopy(next, 0, setpoint, 0, next.length);
    }

    private void note(final boolean detour) {
        Scenes.observe(cell.state(), scene);
        states.add(Episode.floats(scene.axes));
        actions.add(Episode.floats(setpoint));
        final float[] poses = new float[7 * CellGeometry.CARDS];
        for (int card = 0; card < CellGeometry.CARDS; card++) {
            for (int i = 0; i < 3; i++) {
                poses[7 * card + i] = (float) scene.cardPosition[3 * card + i];
            }
            for (int i = 0; i < 4; i++) {
                poses[7 * card + 3 + i] = (float) scene.cardOrientation[4 * card + i];
            }
        }
        cards.add(poses);
        placed.add(placedCards);
        detours.add(detour);
    }

    private byte[] bytes() {
        final byte[] values = new byte[placed.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = placed.get(i).byteValue();
        }
        return values;
    }

    @Override
    public void close() {
        cell.close();
    }
}
