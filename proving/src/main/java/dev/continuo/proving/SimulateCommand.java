package dev.continuo.proving;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.continuo.config.ProfileException;
import dev.continuo.proving.fault.Fault;
import dev.continuo.proving.fault.FaultScript;
import dev.continuo.proving.run.Campaign;
import dev.continuo.proving.run.Episode;
import dev.continuo.proving.run.Shrinking;
import dev.continuo.proving.run.SimulationReport;
import dev.continuo.proving.service.Sabotage;
import dev.continuo.simulation.franka.SimulateFrankaCommand;
import dev.continuo.supervision.command.ExitStatus;
import dev.continuo.supervision.command.Installation;
import dev.continuo.supervision.report.Provenance;
import dev.continuo.supervision.report.ReportJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code continuo simulate}: lives of the whole service under a virtual clock, with faults, watched by an oracle. */
@Command(name = "simulate", subcommands = SimulateFrankaCommand.class, mixinStandardHelpOptions = true, description = {
    "Run the whole service in one thread under a virtual clock, with faults drawn from a seed, and watch every command: nothing that must not happen may happen, whatever goes wrong.",
    "The same seed gives the same run, bit for bit. A run that ends badly is made as short as possible and kept."})
final class SimulateCommand implements Callable<Integer> {
    private static final Map<String, Double> FAULTS_PER_MINUTE = Map.of("none", 0.0, "few", 3.0, "usual", 12.0, "many", 40.0);
    private static final double SECONDS_PER_HOUR = 3600;
    private static final long PROGRESS_NANOS = 1_000_000_000L;
    private static final int LAST_LINES = 50;

    @Spec
    private CommandSpec spec;

    @Option(names = "--hours", paramLabel = "H", defaultValue = "1", description = "how much robot time (default: ${DEFAULT-VALUE})")
    private double hours;

    @Option(names = "--minutes", paramLabel = "M", defaultValue = "0", description = "end after so long by the clock on the wall, whatever --hours says; 0 for no such end (default: ${DEFAULT-VALUE})")
    private double minutes;

    @Option(names = "--seed", paramLabel = "S", description = "of everything that is left to chance (default: a new one, which is printed)")
    private Long seed;

    @Option(names = "--faults", paramLabel = "HOW|FILE", defaultValue = "usual", description = "none, few, usual, many, or the file of a script: then its one run is repeated, with the seed of its episode (default: ${DEFAULT-VALUE})")
    private String faults;

    @Option(names = "--episode", paramLabel = "SECONDS", defaultValue = "120", description = "how long things go wrong before they have a minute to be well again (default: ${DEFAULT-VALUE})")
    private double episodeSeconds;

    @Option(names = "--threads", paramLabel = "N", description = "how many episodes at once (default: one for each processor)")
    private Integer threads;

    @Option(names = "--canary", paramLabel = "BUG", defaultValue = "none", description = "plant a bug, which must be found: jump, deaf, blind (default: ${DEFAULT-VALUE})")
    private String canary;

    @Option(names = "--keep-going", description = "do not end with the first run that ends badly, nor make its script shorter")
    private boolean keepGoing;

    @Option(names = "--log", paramLabel = "FILE", description = "where the event log of a script's run goes")
    private Path log;

    @Option(names = "--json", paramLabel = "FILE", description = "write the report there as JSON, every few seconds")
    private Path json;

    @Option(names = "--resume", description = "go on with what the file of --json has")
    private boolean resume;

    /** For picocli. */
    SimulateCommand() {
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        check();
        final Path folder = Files.createTempDirectory("continuo-simulate");
        try {
            return FAULTS_PER_MINUTE.containsKey(faults) ? campaign(folder) : repeat(folder);
        } finally {
            Files.deleteIfExists(folder);
        }
    }

    private void check() throws IOException {
        require(hours > 0 && hours < 1e6, "--hours " + hours + ": must be above 0");
        require(minutes >= 0, "--minutes " + minutes + ": must not be negative");
        require(episodeSeconds >= 10 && episodeSeconds <= 36_000, "--episode " + episodeSeconds + ": must be from 10 to 36000 seconds");
        require(threads == null || threads >= 1, "--threads " + threads + ": must be at least 1");
        require(!resume || json != null, "--resume needs the file of --json");
        if (!FAULTS_PER_MINUTE.containsKey(faults)) {
            require(Files.isRegularFile(Path.of(faults)), "--faults " + faults + ": must be none, few, usual, many or a file; there is no such file");
            require(seed != null, "--faults " + faults + ": needs --seed, that of the episode");
        }
        require(log == null || !FAULTS_PER_MINUTE.containsKey(faults), "--log: needs the file of a script at --faults");
        sabotage();
        if (json != null) {
            ReportJson.requireWritable(json);
        }
    }

    private static void require(final boolean holds, final String why) {
        if (!holds) {
            throw new ProfileException(why);
        }
    }

    private Sabotage sabotage() {
        try {
            return Sabotage.valueOf(canary.toUpperCase(Locale.ROOT));
        } catch (final IllegalArgumentException unknown) {
            throw new ProfileException("--canary " + canary + ": must be none, jump, deaf or blind", unknown);
        }
    }

    /** One episode, with its log. */
    private int repeat(final Path folder) throws IOException {
        final FaultScript script;
        try {
            script = FaultScript.read(Path.of(faults));
        } catch (final IllegalArgumentException wrong) {
            throw new ProfileException(wrong.getMessage(), wrong);
        }
        final List<String> lines = new ArrayList<>();
        final Episode.Result result = new Episode(seed, script, sabotage()).run(folder, lines::add);
        if (log != null) {
            Files.write(log, lines);
        }
        final PrintWriter out = spec.commandLine().getOut();
        lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()).forEach(out::println);
        out.printf(Locale.ROOT, "%.1f s simulated, digest %016x%s%n", result.seconds(), result.digest(), result.gaveUp().map(why -> ", ended itself: " + why).orElse(""));
        return result.isGood() ? ExitStatus.SUCCESS : ExitStatus.FAILED;
    }

    private int campaign(final Path folder) throws IOException, InterruptedException {
        final int workers = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
        final Tally tally = new Tally(earlier(new SimulationReport(Provenance.of(Installation.home()).commit(), seed == null ? ThreadLocalRandom.current().nextLong(Long.MAX_VALUE) : seed,
            FAULTS_PER_MINUTE.get(faults), episodeSeconds, canary, 0, 0, 0, workers, Map.of(), 0, List.of(), "0")));
        final Campaign campaign = new Campaign(tally.begun.seed(), tally.begun.faultsPerMinute(), episodeSeconds, sabotage());
        final PrintWriter err = spec.commandLine().getErr();
        err.println("seed " + campaign.seed());
        campaign.run(tally.begun.episodes(), (hours - tally.begun.hours()) * SECONDS_PER_HOUR, workers, folder, (number, result) -> {
            tally.add(number, result);
            if (!result.isGood() && keepGoing) {
                tell(campaign.episode(number), number, result, tally);
            } else if (!result.isGood()) {
                keep(campaign.episode(number), number, result, tally, folder);
            }
            tally.show(err);
            return (result.isGood() || keepGoing) && (minutes == 0 || System.nanoTime() - tally.beganNanos < minutes * 60e9);
        });
        err.println();
        final SimulationReport report = tally.report();
        write(report);
        spec.commandLine().getOut().print(report.text());
        spec.commandLine().getOut().flush();
        return report.failures().isEmpty() ? ExitStatus.SUCCESS : ExitStatus.FAILED;
    }

    private void tell(final Episode episode, final int number, final Episode.Result found, final Tally tally) {
        spec.commandLine().getErr().printf("%nepisode %d, seed %d: %s%n", number, episode.seed(), found.violations().getFirst());
        tally.failures.add(new SimulationReport.Failure(number, episode.seed(), found.violations().stream().map(Object::toString).toList(), found.script().text()));
    }

    /** Tells what happened, and leaves the shortest script that ends like this where runs are kept. */
    private void keep(final Episode episode, final int number, final Episode.Result found, final Tally tally, final Path folder) {
        final PrintWriter err = spec.commandLine().getErr();
        err.println();
        found.violations().forEach(violation -> err.println("episode " + number + ": " + violation));
        err.println("making its script of " + found.script().faults().size() + " faults shorter ...");
        final Episode.Result shortest = Shrinking.of(episode, found, folder);
        final Path kept = Installation.runs().resolve("simulate-" + episode.seed() + ".faults");
        try {
            Files.createDirectories(kept.getParent());
            Files.writeString(kept, "# " + shortest.violations().getFirst() + "\n" + shortest.script().text());
        } catch (final IOException e) {
            throw new UncheckedIOException(kept + " cannot be written", e);
        }
        err.println(shortest.script().text().strip());
        err.println("again: ./continuo simulate --seed " + episode.seed() + " --faults " + kept + (canary.equals("none") ? "" : " --canary " + canary));
        tally.failures.add(new SimulationReport.Failure(number, episode.seed(), shortest.violations().stream().map(Object::toString).toList(), shortest.script().text()));
    }

    private SimulationReport earlier(final SimulationReport wanted) throws IOException {
        if (!resume || !Files.exists(json)) {
            return wanted;
        }
        try {
            final SimulationReport found = new ObjectMapper().readValue(json.toFile(), SimulationReport.class);
            require((seed == null || seed == found.seed()) && found.faultsPerMinute() == wanted.faultsPerMinute() && found.episodeSeconds() == episodeSeconds && found.canary().equals(canary),
                "--resume " + json + ": holds another seed, faults, episodes or canary");
            require(found.failures().isEmpty(), "--resume " + json + ": ended badly");
            return found;
        } catch (final JsonProcessingException damaged) {
            throw new ProfileException("--resume " + json + ": is no report of simulate", damaged);
        }
    }

    private void write(final SimulationReport report) throws IOException {
        if (json != null) {
            ReportJson.write(report, json);
        }
    }

    /** What has come of it so far. */
    private final class Tally {
        private final SimulationReport begun;
        private final long beganNanos = System.nanoTime();
        private final Map<String, Integer> kinds;
        private final List<SimulationReport.Failure> failures;
        private int episodes;
        private int gaveUp;
        private double seconds;
        private long digest;
        private long shownNanos;

        private Tally(final SimulationReport begun) {
            this.begun = begun;
            kinds = new TreeMap<>(begun.faults());
            failures = new ArrayList<>(begun.failures());
            episodes = begun.episodes();
            gaveUp = begun.gaveUp();
            seconds = begun.hours() * SECONDS_PER_HOUR;
            digest = Long.parseUnsignedLong(begun.digest(), 16);
        }

        private void add(final int number, final Episode.Result result) {
            episodes = number + 1;
            seconds += result.seconds();
            gaveUp += result.gaveUp().isPresent() ? 1 : 0;
            digest = digest * 31 + result.digest();
            for (final Fault fault : result.script().faults()) {
                kinds.merge(fault.kind().label(), 1, Integer::sum);
            }
        }

        private SimulationReport report() {
            return new SimulationReport(begun.commit(), begun.seed(), begun.faultsPerMinute(), begun.episodeSeconds(), begun.canary(), episodes, seconds / SECONDS_PER_HOUR,
                begun.wallSeconds() + (System.nanoTime() - beganNanos) * 1e-9, begun.threads(), kinds, gaveUp, failures, Long.toHexString(digest));
        }

        private void show(final PrintWriter err) {
            final long nowNanos = System.nanoTime();
            if (nowNanos - shownNanos < PROGRESS_NANOS) {
                return;
            }
            shownNanos = nowNanos;
            final SimulationReport report = report();
            final double left = (hours * SECONDS_PER_HOUR - seconds) / Math.max(1e-9, (seconds - begun.hours() * SECONDS_PER_HOUR) / ((nowNanos - beganNanos) * 1e-9));
            err.printf(Locale.ROOT, "\r%.2f of %.2f robot-hours (%.0f%%), %d episodes, %.0f times real time, %.0f s left ", report.hours(), hours, 100 * Math.min(1, report.hours() / hours), episodes,
                (seconds - begun.hours() * SECONDS_PER_HOUR) / ((nowNanos - beganNanos) * 1e-9), Math.max(0, left));
            err.flush();
            try {
                write(report);
            } catch (final IOException e) {
                throw new UncheckedIOException(json + " cannot be written", e);
            }
        }
    }
}
