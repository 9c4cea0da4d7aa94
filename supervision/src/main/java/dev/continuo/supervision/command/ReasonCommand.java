package dev.continuo.supervision.command;

import ai.djl.Device;
import dev.continuo.actors.model.LoadedModel;
import dev.continuo.config.Profile;
import dev.continuo.config.ProfileException;
import dev.continuo.config.ProfileReader;
import dev.continuo.perception.PictureLimits;
import dev.continuo.reasoning.Reasoning;
import dev.continuo.reasoning.VisionLanguageModel;
import dev.continuo.reasoning.network.ImagePatches;
import dev.continuo.reasoning.network.Task;
import dev.continuo.supervision.roles.ModelFiles;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code continuo reason}: asks the vision-language model about any picture, or about what the cameras of a profile see. */
@Command(name = "reason", mixinStandardHelpOptions = true,
    description = "Ask the vision-language model about pictures; its words appear as it finds them.")
final class ReasonCommand implements Callable<Integer> {
    private static final String SHIPPED_PROFILE = "arx-sim";

    @Spec
    private CommandSpec spec;

    @Option(names = "--image", paramLabel = "FILE", description = "a JPEG or PNG picture; may be repeated")
    private List<Path> images;

    @Option(names = "--profile", paramLabel = "NAME|FILE", description = "look through the cameras of this profile instead: networks', this computer's, files'")
    private String profile;

    @Option(names = "--after", paramLabel = "DURATION", converter = Durations.class, description = "let the cameras run so long before (default: not at all)")
    private Duration after;

    @Option(names = "--instruction", paramLabel = "TEXT", required = true, description = "the question or instruction")
    private String instruction;

    @Option(names = "--model", paramLabel = "DIR", description = "the model's folder (default: the profile's, or the one that ships)")
    private Path model;

    @Option(names = "--max-tokens", paramLabel = "N", defaultValue = "256",
        description = "where the answer is cut off (default: ${DEFAULT-VALUE})")
    private int maxTokens;

    @Option(names = "--threads", paramLabel = "N", description = "threads of one tensor operation (default: all processors)")
    private Integer threads;

    @Override
    public Integer call() {
        if ((images == null) == (profile == null)) {
            throw new ProfileException("reason needs either --image or --profile");
        }
        if (images != null && after != null) {
            throw new ProfileException("--after is for the cameras of a --profile");
        }
        if (maxTokens < 1 || threads != null && threads < 1) {
            throw new ProfileException("--max-tokens and --threads must be at least 1");
        }
        final Profile cell = ProfileReader.read(profile != null ? profile : SHIPPED_PROFILE);
        final Path directory = model != null ? model : ProfileOptions.modelDirectory(cell);
        if (images != null) {
            images.forEach(image -> ImageFile.require(image));
        }
        ModelFiles.requireReasoning(directory);
        LoadedModel.limitThreads(threads != null ? threads : Runtime.getRuntime().availableProcessors());
        final PictureLimits limits = PictureLimits.load(directory);
        final List<ImagePatches> pictures = images != null ? images.stream().map(image -> ImageFile.read(image, limits)).toList()
            : CameraPictures.look(cell.cameras(), after != null ? after : Duration.ZERO, limits);
        try (VisionLanguageModel language = VisionLanguageModel.load(directory, Task.LANGUAGE, Device.cpu(), System::nanoTime)) {
            answer(language, pictures);
        }
        return ExitStatus.SUCCESS;
    }

    private void answer(final VisionLanguageModel language, final List<ImagePatches> pictures) {
        final PrintWriter out = spec.commandLine().getOut();
        final Reasoning reasoning = language.generate(language.prompt(pictures, instruction), maxTokens, (id, text) -> {
            out.print(text);
            out.flush();
        }, () -> false);
        out.println();
        out.flush();
        final double decodingSeconds = (reasoning.totalNanos() - reasoning.firstTokenNanos()) * 1e-9;
        spec.commandLine().getErr().println(String.format(Locale.ROOT,
            "%d tokens, first after %.0f ms, then %.1f tokens/s%s", reasoning.tokens().length, reasoning.firstTokenNanos() * 1e-6,
            decodingSeconds <= 0 ? 0 : (reasoning.tokens().length - 1) / decodingSeconds,
            reasoning.complete() ? "" : "; cut off at --max-tokens"));
    }
}
