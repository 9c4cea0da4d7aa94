package dev.continuo.supervision.web;

import dev.continuo.config.ProfileException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Writes down what is asked; of instructions it does not understand {@code fly}. */
final class RecordedOperator implements Operator {
    /** What was asked, in order. */
    final BlockingQueue<String> asked = new LinkedBlockingQueue<>();

    @Override
    public void stop(final String why) {
        asked.add("stop: " + why);
    }

    @Override
    public void release() {
        asked.add("release");
    }

    @Override
    public void instruct(final String text) {
        if (text.equals("fly")) {
            throw new ProfileException("nothing flies");
        }
        asked.add("instruct: " + text);
    }

    @Override
    public void finish() {
        asked.add("finish");
    }
}
