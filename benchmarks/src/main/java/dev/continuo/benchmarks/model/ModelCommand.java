package dev.continuo.benchmarks.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.continuo.benchmarks.Circumstances;
import dev.continuo.benchmarks.Output;
import dev.continuo.benchmarks.PeakMemory;
import dev.continuo.benchmarks.Percentiles;
import dev.continuo.benchmarks.Seconds;
import dev.continuo.config.ProfileException;
import dev.continuo.perception.QwenImageProcessor;
import dev.continuo.supervision.command.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench model}: how long the model computes, beside PyTorch with networks of the same sizes. */
@Command(name = "model", mixinStandardHelpOptions = true,
    description = "Prefill, decoding, a whole reasoning, a chunk and a training step, beside PyTorch eager where there is one.")
public final class ModelCommand implements Callable<Integer> {
    private static final int PICTURE_WIDTH = 320;
    private static final int PICTURE_HEIGHT = 240;
    private static final int TEXT_TOKENS = 32;
    private static final int LEAST_RUNS = 5;
    private static final int MOST = 1024;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Output output;

    @Option(names = "--model", paramLabel = "DIR", defaultValue = "models/nano",
        description = "the model's folder; without weights in it, random ones (default: ${DEFAULT-VALUE})")
    private Path model;

    @Option(names = "--threads", paramLabel = "N", defaultValue = "1",
        description = "threads of the tensor library (default: ${DEFAULT-VALUE}, as the profile arx-sim has it)")
    private int threads;

    @Option(names = "--seconds", paramLabel = "S", defaultValue = "2",
        description = "how long to measure each part (default: ${DEFAULT-VALUE})")
    private double seconds;

    @Option(names = "--warm-up", paramLabel = "S", defaultValue = "1",
        description = "how long to warm each up before (default: ${DEFAULT-VALUE})")
    private double warmUp;

    @Option(names = "--tokens", paramLabel = "N", defaultValue = "48", description = "of a reasoning (default: ${DEFAULT-VALUE})")
    private int tokens;

    @Option(names = "--batch", paramLabel = "N", defaultValue = "8", description = "samples of a training step (default: ${DEFAULT-VALUE})")
    private int batch;

    @Option(names = "--python", paramLabel = "EXE", defaultValue = "python3",
        description = "a Python interpreter that has torch, for the peer's times (default: ${DEFAULT-VALUE})")
    private String python;

    /** For picocli. */
    public ModelCommand() {
    }

    @Override
    public Integer call() throws IOException {
        output.check();
        final Path folder = Installation.resolve(model);
        final ModelTask task = task(folder);
        // Read once by the engine, when it is loaded.
        System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
        System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
        final Circumstances circumstances = Circumstances.now();
        final ModelReport report;
        try (MeasuredModel measured = MeasuredModel.of(folder)) {
            final Map<ModelPart, Percentiles> own = new ModelBenchmark(folder, task).run(measured);
            final PythonPeer.Answer peer = PythonPeer.ask(python, folder, task);
            report = new ModelReport(circumstances, model.toString(), measured.shipped() ? "shipped" : "random",
                measured.vlmWeights().parameterCount() + measured.expertWeights().parameterCount(), task, peer.remark(),
                Arrays.stream(ModelPart.values())
                    .map(part -> ModelReport.Times.of(part, own.get(part), peer.times().get(part))).toList(),
                PeakMemory.bytes(), peer.peakBytes());
        }
        spec.commandLine().getOut().print(report.text());
        output.write(report);
        return 0;
    }

    private ModelTask task(final Path folder) {
        require("--threads", threads);
        require("--tokens", tokens);
        require("--batch", batch);
        final QwenImageProcessor.Size size = pictureSize(folder.resolve("preprocessor_config.json"));
        return new ModelTask(size.height() / QwenImageProcessor.PATCH, size.width() / QwenImageProcessor.PATCH, TEXT_TOKENS, tokens, batch,
            threads, Seconds.nanos("--warm-up", warmUp), Seconds.nanos("--seconds", seconds), LEAST_RUNS);
    }

    private static void require(final String option, final int value) {
        if (value < 1 || value > MOST) {
            throw new ProfileException(option + " " + value + ": must be between 1 and " + MOST);
        }
    }

    /** What the cell's pictures are resized to before the model sees them. */
    private static QwenImageProcessor.Size pictureSize(final Path file) {
        if (!Files.isRegularFile(file)) {
            throw new ProfileException(file + ": no such file; --model names a model's folder");
        }
        try {
            final JsonNode json = new ObjectMapper().readTree(file.toFile());
            return QwenImageProcessor.smartResize(PICTURE_WIDTH, PICTURE_HEIGHT,
                json.path("min_pixels").asInt(QwenImageProcessor.MIN_PIXELS), json.path("max_pixels").asInt(QwenImageProcessor.MAX_PIXELS));
        } catch (final IOException unreadable) {
            throw new ProfileException(file + ": not a preprocessor's configuration", unreadable);
        }
    }
}
