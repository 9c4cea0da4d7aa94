package dev.continuo.supervision.cluster;

/** What the guardian is told, by its own process or by others. */
public interface ToGuardian {
}
