package dev.continuo.recording.lerobot;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A LeRobot dataset of format 3.0 in a folder, whoever wrote it. Vectors of floats and pictures are read, from videos or embedded; whatever else a frame has is passed over. Holds no file open itself;
 * may be used by several threads.
 */
public final class LeRobotReader {
    private final DatasetInfo info;
    private final List<EpisodeFiles> files;

    /**
     * Reads the description of a dataset.
     *
     * @throws IOException if there is none, it is of another format, or a file of it is missing; names the file, and the field if it is one
     */
    public LeRobotReader(final Path folder) throws IOException {
        info = DatasetInfo.read(folder);
        files = EpisodeFiles.read(folder, info);
    }

    /** Frames a second. */
    public int fps() {
        return info.fps();
    }

    /** What LeRobot calls the kind of robot; empty if the dataset does not say. */
    public String robotType() {
        return info.robotType();
    }

    /** What the frames hold. A camera whose feature has not the usual prefix is called by the whole of the feature's name. */
    public LeRobotFeatures features() {
        return info.features();
    }

    /** The features of kinds that are not read, such as depth maps, texts and flags. */
    public List<String> passedOver() {
        return List.copyOf(info.passedOver());
    }

    /** All episodes, in their order. */
    public List<LeRobotEpisode> episodes() {
        return files.stream().map(EpisodeFiles::episode).toList();
    }

    /**
     * Opens an episode.
     *
     * @param episode its number, from 0
     * @throws IndexOutOfBoundsException if there is none
     * @throws IOException if its files cannot be read; names the file
     */
    public LeRobotFrames frames(final int episode) throws IOException {
        return new LeRobotFrames(info, files.get(episode));
    }
}
