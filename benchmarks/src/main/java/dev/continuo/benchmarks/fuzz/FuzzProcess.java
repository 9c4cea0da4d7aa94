package dev.continuo.benchmarks.fuzz;

import dev.continuo.benchmarks.ChildJvm;
import dev.continuo.proving.fuzz.FuzzEntry;
import dev.continuo.proving.fuzz.FuzzTarget;
import dev.continuo.supervision.command.RunFailure;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A process in which Jazzer feeds one target for a while. */
final class FuzzProcess {
    private static final String JAZZER = "com.code_intelligence.jazzer.Jazzer";
    private static final String HEAP = "-Xmx512m";
    private static final int HANG_SECONDS = 10;
    private static final Pattern STATE = Pattern.compile("^#(\\d+)\\s+\\S+\\s+cov: (\\d+) .*corp: (\\d+)/.*");
    private static final Pattern END = Pattern.compile("^(?:Done (\\d+) runs|stat::number_of_executed_units: +(\\d+)).*");
    private static final Pattern WRONG = Pattern.compile("^== Java (?:Exception|Assertion Error|Error): (.*)|^==\\d+== ?ERROR: (.*)|^== (libFuzzer: .*)");
    private static final Pattern KEPT = Pattern.compile(".*Test unit written to (.*)$");
    private static final int LAST_WORDS = 5;

    private final FuzzTarget target;
    private final Path corpus;
    private final Path found;

    /**
     * A process to be.
     *
     * @param corpus folder of inputs; what reaches something new is added
     * @param found  folder where an input goes that shows something wrong
     */
    FuzzProcess(final FuzzTarget target, final Path corpus, final Path found) {
        this.target = target;
        this.corpus = corpus;
        this.found = found;
    }

    /** Feeds the target for about so many seconds, or until something is found. */
    FuzzReport.Target run(final int seconds, final long seed) throws IOException, InterruptedException {
        Files.createDirectories(found);
        return read(start(List.of("-max_total_time=" + seconds, "-max_len=" + target.longestBytes(), "-timeout=" + HANG_SECONDS, "-seed=" + (seed & Integer.MAX_VALUE),
            "-print_final_stats=1", corpus.toString())));
    }

    /** Takes over into an empty folder what of the corpus reaches something that the rest does not. */
    void minimise(final Path into) throws IOException, InterruptedException {
        Files.createDirectories(into);
        final Process process = start(List.of("-merge=1", "-max_len=" + target.longestBytes(), into.toString(), corpus.toString()));
        process.getInputStream().transferTo(OutputStream.nullOutputStream());
        if (process.waitFor() != 0) {
            throw new RunFailure("fuzz " + target.name() + ": its corpus cannot be made smaller: the fuzzer ended with status " + process.exitValue());
        }
    }

    private Process start(final List<String> arguments) throws IOException {
        final List<String> command = ChildJvm.command(JAZZER, List.of(HEAP, "-XX:+UseSerialGC", "-XX:+EnableDynamicAgentLoading", "-D" + FuzzEntry.TARGET + "=" + target.name()));
        command.addAll(List.of("--target_class=" + FuzzEntry.class.getName(), "--instrumentation_includes=dev.continuo.**", "--custom_hook_includes=dev.continuo.**",
            "--reproducer_path=" + found, "-artifact_prefix=" + found + File.separator, "-rss_limit_mb=0"));
        command.addAll(arguments);
        final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(process::destroyForcibly));
        return process;
    }

    private FuzzReport.Target read(final Process process) throws IOException, InterruptedException {
        final long beganNanos = System.nanoTime();
        long executions = 0;
        int coverage = 0;
        String wrong = "";
        String kept = "";
        final List<String> lastWords = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                final Matcher state = STATE.matcher(line);
                final Matcher end = END.matcher(line);
                final Matcher problem = WRONG.matcher(line);
                final Matcher unit = KEPT.matcher(line);
                if (state.matches()) {
                    executions = Math.max(executions, Long.parseLong(state.group(1)));
                    coverage = Integer.parseInt(state.group(2));
                } else if (end.matches()) {
                    executions = Math.max(executions, Long.parseLong(end.group(1) == null ? end.group(2) : end.group(1)));
                } else if (problem.matches() && wrong.isEmpty()) {
                    wrong = line;
                } else if (unit.matches()) {
                    kept = unit.group(1);
                }
                lastWords.add(line);
                if (lastWords.size() > LAST_WORDS) {
                    lastWords.removeFirst();
                }
            }
        }
        final int status = process.waitFor();
        if (status != 0 && wrong.isEmpty()) {
            throw new RunFailure("fuzz " + target.name() + ": the fuzzer ended with status " + status + ": " + String.join(" / ", lastWords));
        }
        return new FuzzReport.Target(target.name(), executions, (System.nanoTime() - beganNanos) * 1e-9, coverage, size(), wrong.isEmpty() ? "" : wrong + " (" + kept + ")");
    }

    private int size() throws IOException {
        try (Stream<Path> files = Files.list(corpus)) {
            return Math.toIntExact(files.count());
        }
    }
}
