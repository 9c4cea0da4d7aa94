package dev.continuo.training.stage;

import dev.continuo.actors.model.PictureReader;
import dev.continuo.config.ProfileException;
import dev.continuo.perception.Frame;
import dev.continuo.policy.NormalizationStatistics;
import dev.continuo.reasoning.VisionLanguageModel;
import dev.continuo.reasoning.network.Prompt;
import dev.continuo.recording.lerobot.LeRobotCamera;
import dev.continuo.recording.lerobot.LeRobotEpisode;
import dev.continuo.recording.lerobot.LeRobotFrame;
import dev.continuo.recording.lerobot.LeRobotFrames;
import dev.continuo.recording.lerobot.LeRobotReader;
import dev.continuo.training.data.EvenRows;
import dev.continuo.training.data.Example;
import dev.continuo.training.optimize.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What a frozen vision-language model makes of the frames of somebody's dataset: {@code o} of each frame that is drawn, {@code r} of the model's own reasoning about the newest frame that it had
 * reasoned about by then, as in a running cell.
 */
final class DatasetConditions {
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final int MOST_TOKENS = 96;

    private final LeRobotReader dataset;
    private final VisionLanguageModel model;
    private final PictureReader pictures;
    private final long rowPeriodNanos;
    private final int chunkRows;
    private final List<ConditionSet.Conditioned> samples = new ArrayList<>();
    private final List<float[]> states = new ArrayList<>();
    private final List<float[]> actions = new ArrayList<>();

    /** A frame that was drawn. */
    private record Drawn(int frame, float[] observation, float[] reasoning) {
    }

    DatasetConditions(final LeRobotReader dataset, final VisionLanguageModel model, final PictureReader pictures, final int chunkRows, final long rowPeriodNanos) {
        this.dataset = dataset;
        this.model = model;
        this.pictures = pictures;
        this.chunkRows = chunkRows;
        this.rowPeriodNanos = rowPeriodNanos;
    }

    /** Draws so many frames of the dataset, each equally likely. */
    void draw(final int count, final long seed, final Interruption interruption) throws InterruptedException {
        final int total = dataset.episodes().stream().mapToInt(LeRobotEpisode::length).sum();
        final SplittableRandom random = new SplittableRandom(seed);
        try (Progress progress = Progress.begin("conditions", 0, total)) {
            int seen = 0;
            for (final LeRobotEpisode episode : dataset.episodes()) {
                interruption.check();
                seen += read(episode, (double) count / total, random, progress, seen);
            }
        }
    }

    private int read(final LeRobotEpisode episode, final double share, final SplittableRandom random, final Progress progress, final int before) {
        final List<float[]> ownStates = new ArrayList<>();
        final List<float[]> ownActions = new ArrayList<>();
        final List<Drawn> drawn = new ArrayList<>();
        float[] reasoning = null;
        long reasonAgainNanos = 0;
        int frames = 0;
        try (LeRobotFrames all = dataset.frames(episode.index())) {
            for (; all.hasNext(); frames++) {
                final LeRobotFrame frame = all.next();
                ownStates.add(frame.state());
                ownActions.add(frame.action());
                final long atNanos = frames * SECOND_NANOS / dataset.fps();
                final boolean reasons = atNanos >= reasonAgainNanos;
                final int times = (int) share + (random.nextDouble() < share % 1 ? 1 : 0);
                if (reasons || times > 0) {
                    final Prompt prompt = model.prompt(pictures.read(pictures(frame)), episode.task());
                    if (reasons) {
                        reasoning = model.generate(prompt, MOST_TOKENS, (id, piece) -> { }, () -> false).embedding();
                        reasonAgainNanos = atNanos + SECOND_NANOS;
                    }
                    final float[] observation = model.observation(prompt);
                    for (int i = 0; i < times; i++) {
                        drawn.add(new Drawn(frames, observation, reasoning));
                    }
                }
                progress.at(before + frames, "");
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
        states.addAll(ownStates);
        actions.addAll(ownActions);
        final EvenRows commanded = new EvenRows(ownActions, SECOND_NANOS / dataset.fps());
        drawn.forEach(one -> samples.add(new ConditionSet.Conditioned(one.observation, one.reasoning, motion(ownStates.get(one.frame), commanded, one.frame * commanded.periodNanos()))));
        return frames;
    }

    private Frame[] pictures(final LeRobotFrame frame) {
        final List<LeRobotCamera> cameras = dataset.features().cameras();
        final Frame[] shown = new Frame[cameras.size()];
        for (int i = 0; i < shown.length; i++) {
            shown[i] = new Frame(cameras.get(i).width(), cameras.get(i).height());
            System.arraycopy(frame.pictures().get(cameras.get(i).name()), 0, shown[i].rgb(), 0, shown[i].rgb().length);
        }
        return shown;
    }

    private Example.Motion motion(final float[] state, final EvenRows commanded, final long fromNanos) {
        final int columns = commanded.values().getFirst().length;
        final float[] chunk = new float[chunkRows * columns];
        final float[] valid = new float[chunkRows];
        for (int row = 0; row < chunkRows; row++) {
            final long atNanos = fromNanos + row * rowPeriodNanos;
            System.arraycopy(commanded.at(atNanos), 0, chunk, row * columns, columns);
            valid[row] = commanded.holds(atNanos) ? 1 : 0;
        }
        return new Example.Motion(state.clone(), chunk, valid);
    }

    List<ConditionSet.Conditioned> samples() {
        if (samples.isEmpty()) {
            throw new ProfileException("no frame was drawn: ask for more samples");
        }
        return samples;
    }

    /** The units of the dataset's numbers. */
    NormalizationStatistics statistics() {
        return NormalizationStatistics.of(actions, states);
    }
}
