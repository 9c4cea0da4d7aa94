package dev.continuo.proving.run;

import dev.continuo.proving.fault.Fault;
import dev.continuo.proving.fault.FaultScript;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a script that ends badly short: leaves out faults, by halves and quarters and so on and at last one by one, and makes those that are left shorter, as long as the same invariant is violated
 * (Zeller and Hildebrandt 2002, delta debugging).
 */
public final class Shrinking {
    private static final int MOST_RUNS = 120;
    private static final long SHORTEST_MILLIS = 10;

    private final Path folder;
    private final String invariant;
    private Episode.Result worst;
    private int runs;

    private Shrinking(final Episode.Result found, final Path folder) {
        this.folder = folder;
        worst = found;
        invariant = found.violations().getFirst().invariant();
    }

    /**
     * The shortest script that was found, and how it ends.
     *
     * @param found  how the whole script ends: badly
     * @param folder that exists, and where nobody leaves a stop file
     */
    public static Episode.Result of(final Episode episode, final Episode.Result found, final Path folder) {
        final Shrinking shrinking = new Shrinking(found, folder);
        shrinking.cutOff(episode);
        shrinking.leaveOut(episode);
        shrinking.shorten(episode);
        return shrinking.worst;
    }

    /** What begins after the end cannot matter. */
    private void cutOff(final Episode episode) {
        final long endMillis = worst.violations().getFirst().atNanos() / 1_000_000;
        attempt(episode, worst.script().faults().stream().filter(fault -> fault.fromMillis() <= endMillis).toList());
    }

    private void leaveOut(final Episode episode) {
        int parts = 2;
        while (worst.script().faults().size() >= 2 && runs < MOST_RUNS) {
            final List<Fault> faults = worst.script().faults();
            final int size = Math.max(1, faults.size() / parts);
            boolean shorter = false;
            for (int from = 0; from < faults.size() && !shorter; from += size) {
                final List<Fault> rest = new ArrayList<>(faults);
                rest.subList(from, Math.min(faults.size(), from + size)).clear();
                shorter = attempt(episode, rest);
            }
            if (shorter) {
                parts = Math.max(2, parts - 1);
            } else if (size == 1) {
                return;
            } else {
                parts *= 2;
            }
        }
    }

    private void shorten(final Episode episode) {
        for (int i = 0; i < worst.script().faults().size(); i++) {
            boolean shorter = true;
            while (shorter && worst.script().faults().get(i).durationMillis() > SHORTEST_MILLIS) {
                final List<Fault> faults = new ArrayList<>(worst.script().faults());
                final Fault fault = faults.get(i);
                faults.set(i, new Fault(fault.kind(), fault.target(), fault.fromMillis(), fault.durationMillis() / 2, fault.amount()));
                shorter = attempt(episode, faults);
            }
        }
    }

    private boolean attempt(final Episode episode, final List<Fault> faults) {
        if (runs >= MOST_RUNS || faults.size() == worst.script().faults().size() && faults.equals(worst.script().faults())) {
            return false;
        }
        runs++;
        final Episode.Result result = new Episode(episode.seed(), new FaultScript(faults), episode.sabotage()).run(folder, _ -> { });
        final boolean same = !result.isGood() && result.violations().getFirst().invariant().equals(invariant);
        if (same) {
            worst = result;
        }
        return same;
    }
}
