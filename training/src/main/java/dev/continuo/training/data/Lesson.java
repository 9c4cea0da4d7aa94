package dev.continuo.training.data;

/** The kinds of examples that the model learns from. */
public enum Lesson {
    /** A small page full of handwritten symbols, of which nothing is said. */
    PAGE,
    /** A small picture of one handwritten line: what does it say, or come to? */
    LINE,
    /** A row of a demonstration, with reasoning and motion. */
    ROBOT,
    /** A whole scene that no demonstration shows, with its reasoning. */
    SCENE,
    /** A question about a whole scene: what is written, what lies where, where to point. */
    QUESTION,
    /** A problem in words. */
    ARITHMETIC,
    /** A scene in words, with its reasoning. */
    DESCRIBED,
    /** A small page full of pictures of toys, of which nothing is said. */
    TOY_PAGE,
    /** A small page full of pictures of toys, with an instruction about two of them. */
    TOY_SOUGHT,
    /** A row of a demonstration of toy placement, with reasoning and motion. */
    TOY_ROBOT,
    /** A table of toys that no demonstration shows, with its reasoning. */
    TOY_SCENE,
    /** A question about a table of toys: what stands where, where to point. */
    TOY_QUESTION,
    /** A table of toys in words, with its reasoning. */
    TOY_DESCRIBED
}
