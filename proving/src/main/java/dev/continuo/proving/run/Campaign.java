package dev.continuo.proving.run;

import dev.continuo.proving.fault.FaultScript;
import dev.continuo.proving.service.Sabotage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Episode after episode, each with a script and a seed of its own that follow from the campaign's seed and the episode's number alone: in what order and on how many threads they are run makes no difference.
 *
 * @param seed            of all
 * @param perMinute       faults, on average
 * @param episodeSeconds  in which faults begin and end
 * @param sabotage        a planted bug
 */
public record Campaign(long seed, double perMinute, double episodeSeconds, Sabotage sabotage) {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    /** One of its episodes. */
    public Episode episode(final int number) {
        final long own = mixed(seed + GOLDEN * (number + 1));
        final FaultScript script = perMinute == 0 ? FaultScript.none() : FaultScript.draw(mixed(own), episodeSeconds, perMinute);
        return new Episode(own, script, sabotage);
    }

    /** Murmur3's finalizer: neighbours get seeds that have nothing in common. */
    private static long mixed(final long value) {
        long mixed = (value ^ value >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ mixed >>> 33;
    }

    /** Hears of each episode in turn, in the order of their numbers. */
    @FunctionalInterface
    public interface Listener {
        /**
         * An episode is over.
         *
         * @return whether to go on
         */
        boolean onEpisode(int number, Episode.Result result);
    }

    /**
     * Runs episodes until enough time was simulated or the listener has heard enough.
     *
     * @param first   number of the first
     * @param seconds to be simulated
     * @param threads at once
     * @param folder  that exists, and where nobody leaves a stop file
     */
    public void run(final int first, final double seconds, final int threads, final Path folder, final Listener listener) throws InterruptedException {
        try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
            final List<Future<Episode.Result>> begun = new ArrayList<>();
            int number = first;
            double simulated = 0;
            boolean goOn = true;
            while (goOn && simulated < seconds) {
                while (begun.size() < 2 * threads) {
                    final Episode next = episode(number + begun.size());
                    begun.add(workers.submit(() -> next.run(folder, silent())));
                }
                final Episode.Result result = begun.removeFirst().get();
                simulated += result.seconds();
                goOn = listener.onEpisode(number, result);
                number++;
            }
            workers.shutdownNow();
        } catch (final ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        }
    }

    private static Consumer<String> silent() {
        return _ -> { };
    }
}
