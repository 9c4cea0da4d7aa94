package dev.continuo.supervision;

import dev.continuo.supervision.command.CommandLineSetup;

/** The entry of the verbs that this room holds: {@code run}, {@code reason}, {@code doctor}, {@code version}. */
public final class Continuo {
    private Continuo() {
    }

    /**
     * Runs one verb and ends the process with its exit status.
     *
     * @param arguments the command line
     */
    public static void main(final String[] arguments) {
        System.exit(CommandLineSetup.execute(arguments));
    }
}
