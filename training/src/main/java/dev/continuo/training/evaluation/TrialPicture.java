package dev.continuo.training.evaluation;

import dev.continuo.actors.model.LoadedModel;
import dev.continuo.config.Profile;
import dev.continuo.config.ProfileException;
import dev.continuo.simulation.render.Appearance;
import dev.continuo.simulation.render.SceneRenderer;
import dev.continuo.simulation.scene.CellGeometry;
import dev.continuo.simulation.scene.SceneState;
import dev.continuo.simulation.task.ReasoningText;
import dev.continuo.simulation.task.MathMatching;
import dev.continuo.simulation.task.Split;
import dev.continuo.simulation.task.TrialSpec;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/** A trial as a strip of what the top camera saw in the course of it, with what the model said at first. */
public final class TrialPicture {
    private static final int FRAMES = 4;
    private static final long BETWEEN_NANOS = 1_800_000_000L;
    private static final int CAPTION_PIXELS = 22;
    private static final int BASELINE_PIXELS = 16;

    private final Appearance appearance;
    private final SceneRenderer renderer = new SceneRenderer();
    private final List<BufferedImage> frames = new ArrayList<>();
    private BufferedImage last;

    private TrialPicture(final Appearance appearance) {
        this.appearance = appearance;
    }

    /** Plays trials of the open world and writes a picture of each. */
    public static List<Path> write(
        final Profile profile, final Path modelFolder, final long seed, final List<Integer> numbers, final Path folder) {
        final List<Path> files = new ArrayList<>();
        try (LoadedModel model = LoadedModel.load(profile.model(), modelFolder)) {
            Files.createDirectories(folder);
            for (final int number : numbers) {
                final TrialSpec trial = MathMatching.trials(Split.OPEN_WORLD, seed).get(number);
                final Path file = folder.resolve("open-world-" + seed + "-" + (number + 1) + ".jpg");
                ImageIO.write(play(profile, model, trial, seed * 1_000 + number), "jpg", file.toFile());
                files.add(file);
            }
        } catch (final IOException failure) {
            throw new ProfileException("cannot write to " + folder + ": " + failure.getMessage(), failure);
        }
        return files;
    }

    private static BufferedImage play(final Profile profile, final LoadedModel model, final TrialSpec trial, final long seed) {
        final TrialPicture picture = new TrialPicture(trial.appearance());
        final TrialResult result;
        final CardCell cell = new CardCell(profile, trial, EvaluationCell.renderer(profile), seed);
        try (ClosedLoopTrial loop = EvaluationCell.open(profile, cell, model.reasoner(), model.policy(seed))) {
            result = cell.result(loop.play(played -> picture.look(cell.scene(), played)));
        }
        return picture.strip(trial.equation() + ", " + (result.success() ? "success" : "failed") + ": " + ReasoningText.plain(result.reasoning()));
    }

    private boolean look(final SceneState scene, final long playedNanos) {
        if (frames.size() < FRAMES - 1 && playedNanos >= frames.size() * BETWEEN_NANOS) {
            frames.add(drawn(scene));
        }
        last = drawn(scene);
        return false;
    }

    private BufferedImage drawn(final SceneState scene) {
        final byte[] rgb = new byte[renderer.byteCount()];
        renderer.render(scene, appearance, rgb);
        final BufferedImage image = new BufferedImage(CellGeometry.CAMERA_WIDTH, CellGeometry.CAMERA_HEIGHT, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < CellGeometry.CAMERA_WIDTH * CellGeometry.CAMERA_HEIGHT; i++) {
            image.setRGB(i % CellGeometry.CAMERA_WIDTH, i / CellGeometry.CAMERA_WIDTH,
                (rgb[3 * i] & 0xff) << 16 | (rgb[3 * i + 1] & 0xff) << 8 | rgb[3 * i + 2] & 0xff);
        }
        return image;
    }

    private BufferedImage strip(final String caption) {
        frames.add(last);
        final BufferedImage strip = new BufferedImage(
            frames.size() * CellGeometry.CAMERA_WIDTH, CellGeometry.CAMERA_HEIGHT + CAPTION_PIXELS, BufferedImage.TYPE_INT_RGB);
        final Graphics2D graphics = strip.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, strip.getWidth(), strip.getHeight());
        for (int i = 0; i < frames.size(); i++) {
            graphics.drawImage(frames.get(i), i * CellGeometry.CAMERA_WIDTH, 0, null);
        }
        graphics.setColor(Color.BLACK);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, BASELINE_PIXELS - 2));
        graphics.drawString(caption, 6, CellGeometry.CAMERA_HEIGHT + BASELINE_PIXELS);
        graphics.dispose();
        return strip;
    }
}
