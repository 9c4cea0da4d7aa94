package dev.continuo.supervision.web;

import dev.continuo.config.ProfileException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Writes down what is asked; of instructions it understands none that begins with {@code fly}. */
public final class RecordedOperator implements Operator {
    /** What was asked, in order. */
    public final BlockingQueue<String> asked = new LinkedBlockingQueue<>();

    /** Whether the arms cannot be started. */
    public volatile boolean isStopped;

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
        if (text.startsWith("fly")) {
            throw new ProfileException("nothing flies");
        }
        asked.add("instruct: " + text);
    }

    @Override
    public void start() {
        if (isStopped) {
            throw new IllegalStateException("the emergency stop is on: release it first");
        }
        asked.add("start");
    }

    @Override
    public void park() {
        asked.add("park");
    }

    @Override
    public void finish() {
        asked.add("finish");
    }
}
