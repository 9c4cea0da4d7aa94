package dev.continuo.proving.fuzz;

import java.util.function.Consumer;

/**
 * Something that takes bytes from outside.
 *
 * @param name         for the command line and the corpus
 * @param longestBytes inputs longer than this are not tried
 * @param mostBytes    that one input may allocate
 * @param feed         takes an input and returns; throws when the code did what it must not. What the code documents to throw at bad input does not come out
 *                     of it. What it does depends on nothing but the input
 */
public record FuzzTarget(String name, int longestBytes, long mostBytes, Consumer<byte[]> feed) {
}
