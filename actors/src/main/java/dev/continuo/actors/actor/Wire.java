package dev.continuo.actors.actor;

/** Marks messages of the control plane that may travel between processes. */
public interface Wire {
}
