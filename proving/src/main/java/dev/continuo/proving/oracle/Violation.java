package dev.continuo.proving.oracle;

import java.util.Locale;

/**
 * Something that must never happen has happened.
 *
 * @param invariant as numbered in {@code docs/simulate.md}
 * @param atNanos   since the beginning of the run
 * @param what      with the figures
 */
public record Violation(String invariant, long atNanos, String what) {
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s at %.3f s: %s", invariant, atNanos * 1e-9, what);
    }
}
