package dev.continuo.benchmarks.model;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code bench model}. */
@Command(name = "model")
public final class ModelCommand implements Callable<Integer> {
    /** For picocli. */
    public ModelCommand() {
    }

    @Override
    public Integer call() {
        return 0;
    }
}
