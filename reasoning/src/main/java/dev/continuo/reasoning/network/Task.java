package dev.continuo.reasoning.network;

/** What a network is used for. It matters to a model whose experts are chosen by it, as those of the first ChatVLA are. */
public enum Task {
    /** Words about pictures, or about nothing but words. */
    LANGUAGE,
    /** A robot's scene: to reason about it and to act in it. */
    ROBOT
}
