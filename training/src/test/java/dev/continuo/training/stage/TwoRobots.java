package dev.continuo.training.stage;

import dev.continuo.perception.PictureLimits;
import dev.continuo.policy.PolicyConfig;
import dev.continuo.reasoning.text.ChatTokenizer;
import dev.continuo.training.data.Robot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The sizes of {@code nano} with an expert for each robot. */
final class TwoRobots {
    static final Path NANO = Path.of("../models/nano");

    private TwoRobots() {
    }

    /** Copies sizes and tokenizer to an empty folder, without weights. */
    static Path describe(final Path sizes) throws IOException {
        for (final String file : List.of("config.json", PolicyConfig.FILE, ChatTokenizer.FILE, PictureLimits.FILE)) {
            Files.copy(NANO.resolve(file), sizes.resolve(file));
        }
        final String joints = Files.readString(sizes.resolve(PolicyConfig.FILE));
        final Path franka = Files.createDirectories(Robot.FRANKA.in(sizes));
        Files.writeString(franka.resolve(PolicyConfig.FILE), joints.replaceAll("(\"chunk_rows\"\\s*:\\s*)50", "$116")
            .replaceAll("(\"(?:action|state)_size\"\\s*:\\s*)14", "$110"));
        return sizes;
    }
}
