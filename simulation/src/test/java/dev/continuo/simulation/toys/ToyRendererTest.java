package dev.continuo.simulation.toys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.continuo.simulation.task.Split;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ToyRendererTest {
    private static final double[] READY = {0, -0.785, 0, -2.356, 0, 1.571, 0.785, 0.08};
    /** The hand is over the middle of the table. */
    private static final double[] REACHING = {0, 0.35, 0, -2.1, 0, 2.45, 0.785, 0.06};

    private final ToyRenderer renderer = new ToyRenderer();
    private final ToyScene scene = new ToyScene();
    private final byte[] rgb = new byte[renderer.byteCount()];

    private ToyTrial trial(final String instruction, final long seed) {
        final ToyTrial trial = ToyTrial.draw(ToyInstruction.of(instruction), Split.IN_DOMAIN, seed);
        trial.layOut(scene);
        System.arraycopy(READY, 0, scene.axes, 0, READY.length);
        return trial;
    }

    /** The mean colour of a box of the picture, red, green, blue. */
    private double[] colour(final PictureBox box) {
        final double[] sum = new double[3];
        int count = 0;
        for (int y = box.top() * ToyCamera.HEIGHT / PictureBox.UNITS; y <= box.bottom() * ToyCamera.HEIGHT / PictureBox.UNITS; y++) {
            for (int x = box.left() * ToyCamera.WIDTH / PictureBox.UNITS; x <= box.right() * ToyCamera.WIDTH / PictureBox.UNITS; x++, count++) {
                for (int i = 0; i < 3; i++) {
                    sum[i] += rgb[3 * (y * ToyCamera.WIDTH + x) + i] & 0xff;
                }
            }
        }
        return new double[] {sum[0] / count, sum[1] / count, sum[2] / count};
    }

    @Test
    void theSameTrialGivesTheSamePictureAndAnotherAnother() {
        final ToyTrial trial = trial("Pick the avocado and place it to the left of the pink block.", 3);
        renderer.render(trial, scene, ToyAppearance.of(trial), rgb);
        final byte[] again = new byte[rgb.length];
        new ToyRenderer().render(trial, scene, ToyAppearance.of(trial), again);
        assertArrayEquals(rgb, again);
        final ToyTrial other = trial("Pick the avocado and place it to the left of the pink block.", 4);
        renderer.render(other, scene, ToyAppearance.of(other), again);
        assertFalse(Arrays.equals(rgb, again));
    }

    @Test
    void aBlockIsSeenInItsColourWhereItsBoxSays() {
        for (final String[] block : new String[][] {{"blue block", "2"}, {"green block", "1"}}) {
            for (long seed = 1; seed <= 5; seed++) {
                final ToyTrial trial = trial("Pick the duck and place it in front of the " + block[0] + ".", seed);
                final ToyAppearance appearance = ToyAppearance.of(trial);
                renderer.render(trial, scene, appearance, rgb);
                final double[] seen = colour(PictureBox.around(scene, ToyTable.TARGET, trial.things().get(ToyTable.TARGET), appearance.camera()));
                final int strongest = Integer.parseInt(block[1]);
                for (int i = 0; i < 3; i++) {
                    assertTrue(i == strongest || seen[strongest] > 1.15 * seen[i], block[0] + " is seen as " + Arrays.toString(seen));
                }
            }
        }
    }

    @Test
    void picturesTellToysApart() {
        final ToyTrial duck = trial("Pick the duck and place it behind the blue block.", 8);
        final ToyAppearance appearance = ToyAppearance.of(duck);
        renderer.render(duck, scene, appearance, rgb);
        final PictureBox box = PictureBox.around(scene, ToyTable.OBJECT, duck.things().getFirst(), appearance.camera());
        final double[] duckColour = colour(box);
        final ToyTrial berry = new ToyTrial(ToyInstruction.of("Pick the strawberry and place it behind the blue block."),
            java.util.List.of(ToyShelf.named("strawberry").orElseThrow(), duck.things().get(1), duck.things().get(2), duck.things().get(3)), Split.IN_DOMAIN, duck.seed());
        renderer.render(berry, scene, ToyAppearance.of(berry), rgb);
        final double[] berryColour = colour(box);
        assertTrue(berryColour[0] - berryColour[1] > duckColour[0] - duckColour[1] + 10,
            Arrays.toString(duckColour) + " and " + Arrays.toString(berryColour));
    }

    @Test
    void theArmIsSeenAndHidesWhatIsBehindIt() {
        final ToyTrial trial = trial("Pick the car and place it on top of the green block.", 6);
        final ToyAppearance appearance = ToyAppearance.of(trial);
        renderer.render(trial, scene, appearance, rgb);
        final byte[] reaching = new byte[rgb.length];
        System.arraycopy(REACHING, 0, scene.axes, 0, REACHING.length);
        renderer.render(trial, scene, appearance, reaching);
        int changed = 0;
        for (int i = 0; i < rgb.length; i += 3) {
            changed += Math.abs((rgb[i] & 0xff) - (reaching[i] & 0xff)) > 40 ? 1 : 0;
        }
        assertTrue(changed > 1_000 && changed < 40_000, changed + " pixels changed");
    }

    @Test
    void nothingIsAllocatedWhileTheAppearanceStays() {
        final ToyTrial trial = trial("Pick the bus and place it at the bottom of the yellow block.", 2);
        final ToyAppearance appearance = ToyAppearance.of(trial);
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long bytes = Long.MAX_VALUE;
        for (int round = 0; round < 10 && bytes != 0; round++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 20; i++) {
                scene.timeNanos++;
                renderer.render(trial, scene, appearance, rgb);
            }
            bytes = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertEquals(0, bytes);
    }
}
