package dev.continuo.benchmarks.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.continuo.benchmarks.Percentiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The same networks in PyTorch, timed by a script that ships as a resource. */
final class PythonPeer {
    private static final String SCRIPT = "peer.py";
    private static final double SECONDS_PER_NANO = 1e-9;

    /**
     * What came of it.
     *
     * @param remark the version of PyTorch, or why there are no times and how to get them
     * @param times  of each part; empty when there are none
     * @param peakBytes the most memory that it held at once; 0 when it was not measured
     */
    record Answer(String remark, Map<ModelPart, Percentiles> times, long peakBytes) {
    }

    private PythonPeer() {
    }

    /** Runs the script with a Python interpreter. */
    static Answer ask(final String python, final Path folder, final ModelTask task) throws IOException {
        final Path script = Files.createTempFile("continuo-peer", ".py");
        try (InputStream source = PythonPeer.class.getResourceAsStream(SCRIPT)) {
            Files.write(script, source.readAllBytes());
            return run(command(python, script, folder, task), python);
        } finally {
            Files.delete(script);
        }
    }

    private static List<String> command(final String python, final Path script, final Path folder, final ModelTask task) {
        return List.of(python, script.toString(), "--model", folder.toString(),
            "--rows", Integer.toString(task.gridRows()), "--columns", Integer.toString(task.gridColumns()),
            "--text", Integer.toString(task.textTokens()), "--tokens", Integer.toString(task.answerTokens()),
            "--batch", Integer.toString(task.batch()), "--threads", Integer.toString(task.threads()),
            "--least", Integer.toString(task.leastRuns()),
            "--seconds", Double.toString(task.nanos() * SECONDS_PER_NANO), "--warm-up", Double.toString(task.warmUpNanos() * SECONDS_PER_NANO));
    }

    private static Answer run(final List<String> command, final String python) throws IOException {
        final Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (final IOException absent) {
            return missing(python + " is not there");
        }
        String last = "";
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                last = line.isBlank() ? last : line;
            }
            if (process.waitFor() != 0) {
                return missing(python + ": " + last.strip());
            }
        } catch (final InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return missing("interrupted");
        }
        return parse(last);
    }

    private static Answer missing(final String why) {
        return new Answer("PyTorch: not measured (" + why + "); python3 -m venv V && V/bin/pip install torch numpy, then --python V/bin/python",
            Map.of(), 0);
    }

    private static Answer parse(final String line) throws IOException {
        final JsonNode answer = new ObjectMapper().readTree(line);
        final Map<ModelPart, Percentiles> times = new EnumMap<>(ModelPart.class);
        for (final ModelPart part : ModelPart.values()) {
            for (final JsonNode row : answer.get("rows")) {
                if (row.get("part").asText().equals(part.label())) {
                    times.put(part, new Percentiles(row.get("count").asLong(), row.get("p50").asLong(), row.get("p90").asLong(),
                        row.get("p99").asLong(), row.get("p999").asLong(), row.get("max").asLong()));
                }
            }
        }
        return new Answer("PyTorch " + answer.get("version").asText() + ", eager, " + answer.get("parameters").asLong() + " parameters", times, answer.path("peak_bytes").asLong());
    }
}
