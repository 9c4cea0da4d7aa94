package dev.continuo.supervision.web;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs who was refused what, once each: a peer that tries again and again fills no disk. Safe for use by any thread. */
final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
    /** Peers make up addresses, not we: what comes after so many is not told any more. */
    private static final int MOST = 1_000;

    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /**
     * Tells of a refusal, if it is the first of its kind; whether it is.
     *
     * @param peer who was refused
     * @param why  why
     */
    boolean refused(final String peer, final String why) {
        final boolean isNews = told.size() < MOST && told.add(peer + ' ' + why);
        if (isNews) {
            LOG.warn("refused {}: {} (told once)", peer, why);
        }
        return isNews;
    }
}
