package dev.continuo.simulation.render;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.continuo.simulation.handwriting.Handwriting;
import dev.continuo.simulation.handwriting.WriterSplit;
import dev.continuo.simulation.scene.CellGeometry;
import dev.continuo.simulation.scene.SceneState;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class SceneRendererTest {
    private static final int WIDTH = CellGeometry.CAMERA_WIDTH;
    private static final int HEIGHT = CellGeometry.CAMERA_HEIGHT;

    private final SceneRenderer renderer = new SceneRenderer();
    private final SceneState state = new SceneState();
    private final byte[] rgb = new byte[renderer.byteCount()];

    private static Appearance appearance(final long seed) {
        return Appearance.draw(Surroundings.IN_DOMAIN, Handwriting.of(WriterSplit.TRAINING), "4+8", List.of(1, 5, 2), seed);
    }

    @Test
    void sameSeedGivesTheSameBytesWhateverWasDrawnBefore() {
        renderer.render(state, appearance(1), rgb);
        final byte[] other = new byte[rgb.length];
        final SceneRenderer second = new SceneRenderer();
        second.render(state, appearance(2), other);
        assertFalse(Arrays.equals(rgb, other));
        second.render(state, appearance(1), other);
        assertArrayEquals(rgb, other);
    }

    @Test
    void theViewFollowsTheCellsFrame() {
        final View view = new View(WIDTH, HEIGHT);
        view.place(new double[6]);
        final float[] centre = new float[3];
        view.project(CellGeometry.CAMERA_X, 0, 0, centre, 0);
        assertEquals(WIDTH / 2f, centre[0], 1e-3);
        assertEquals(HEIGHT / 2f, centre[1], 1e-3);
        final float[] ahead = new float[3];
        view.project(CellGeometry.CAMERA_X + 0.1, 0, 0, ahead, 0);
        assertEquals(HEIGHT / 2f - 0.1 / 0.8 * HEIGHT / 2 / Math.tan(Math.toRadians(15)), ahead[1], 1e-3, "x is up");
        final float[] left = new float[3];
        view.project(CellGeometry.CAMERA_X, 0.1, 0, left, 0);
        assertTrue(left[0] < WIDTH / 2f - 50, "y is left");
    }

    @Test
    void aPointIsLocatedUnlessSomethingHidesIt() {
        renderer.render(state, appearance(3), rgb);
        final double[] pixel = new double[2];
        final double x = state.card(1, 0);
        final double y = state.card(1, 1);
        assertTrue(renderer.locate(x, y, CellGeometry.CARD_THICKNESS, pixel), "a card's face is seen");
        assertEquals(WIDTH / 2.0, pixel[0], 6, "the middle card lies in the middle, up to the camera's misalignment");
        assertFalse(renderer.locate(x, y, -0.02, pixel), "what is under a card is not");
        assertFalse(renderer.locate(CellGeometry.CAMERA_X, 2, 0, pixel), "nor what is outside the picture");
    }

    @Test
    void aMovedCardIsSeenWhereItLies() {
        final Appearance appearance = appearance(3);
        renderer.render(state, appearance, rgb);
        final byte[] moved = new byte[rgb.length];
        state.layCardInSlot(1, 0);
        renderer.render(state, appearance, moved);
        assertTrue(difference(moved, state.slotX(0), state.slotY(0)) > 8, "the slot now shows a card");
        assertTrue(difference(moved, CellGeometry.CARD_ROW_X, 0) > 8, "the row shows the table");
        assertTrue(difference(moved, 0.54, 0.15) < 3, "nothing else changed");
    }

    @Test
    void aMovedBoardIsDrawnAnew() {
        final Appearance appearance = appearance(4);
        renderer.render(state, appearance, rgb);
        state.boardX += 0.02;
        final byte[] moved = new byte[rgb.length];
        renderer.render(state, appearance, moved);
        final byte[] fresh = new byte[rgb.length];
        new SceneRenderer().render(state, appearance, fresh);
        assertArrayEquals(fresh, moved);
    }

    @Test
    void anArmThatReachesOverTheTableIsSeen() {
        final Appearance appearance = appearance(5);
        renderer.render(state, appearance, rgb);
        final byte[] reaching = new byte[rgb.length];
        System.arraycopy(new double[] {0.38, 1.77, 1.41, -1.21, 0, 0.38}, 0, state.axes, 7, 6);
        renderer.render(state, appearance, reaching);
        int changed = 0;
        for (int pixel = 0; pixel < rgb.length; pixel += 3) {
            changed += Math.abs((rgb[pixel] & 255) - (reaching[pixel] & 255)) > 20 ? 1 : 0;
        }
        assertTrue(changed > 5_000 && changed < 40_000, changed + " pixels changed");
    }

    @Test
    void drawingDoesNotAllocate() {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final Appearance appearance = appearance(6);
        for (int i = 0; i < 30; i++) {
            draw(appearance);
        }
        final long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 20; i++) {
            draw(appearance);
        }
        final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated < 2_000, "bytes: " + allocated);
    }

    @Test
    void openWorldTablesAreNotThoseOfTraining() {
        assertTrue(Collections.disjoint(Surroundings.IN_DOMAIN.tables(), Surroundings.OPEN_WORLD.tables()));
        assertEquals(
            Surroundings.Table.values().length, Surroundings.IN_DOMAIN.tables().size() + Surroundings.OPEN_WORLD.tables().size());
    }

    private void draw(final Appearance appearance) {
        state.axes[7] += 1e-3;
        state.timeNanos++;
        renderer.render(state, appearance, rgb);
    }

    /** Mean difference to the first picture in a square of 9 pixels about a place of the table. */
    private double difference(final byte[] picture, final double x, final double y) {
        final View view = new View(WIDTH, HEIGHT);
        view.place(new double[6]);
        final float[] at = new float[3];
        view.project(x, y, 0, at, 0);
        double sum = 0;
        for (int dy = -4; dy <= 4; dy++) {
            for (int dx = -4; dx <= 4; dx++) {
                final int pixel = ((int) at[1] + dy) * WIDTH + (int) at[0] + dx;
                for (int c = 0; c < 3; c++) {
                    sum += Math.abs((picture[3 * pixel + c] & 255) - (rgb[3 * pixel + c] & 255));
                }
            }
        }
        return sum / 243;
    }
}
