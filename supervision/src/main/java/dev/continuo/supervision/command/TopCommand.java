package dev.continuo.supervision.command;

import dev.continuo.supervision.top.ServiceAddress;
import dev.continuo.supervision.top.Top;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code continuo top}: a running service on a terminal. */
@Command(name = "top", mixinStandardHelpOptions = true, description = {
    "Show a running service on the terminal: phase, latencies against their deadlines, arms, actors, events. Ctrl-C leaves it."})
final class TopCommand implements Callable<Integer> {
    /** A fresh JVM has its first handshake of TLS before it, beside a service whose loops go first. */
    private static final int PATIENCE_SECONDS = 20;
    private static final int DEFAULT_COLUMNS = 120;
    private static final int DEFAULT_ROWS = 40;

    @Mixin
    private ProfileOptions profile;

    @Mixin
    private ClientCertificate certificate;

    @Option(names = "--once", description = "print one screen and end, also where there is no terminal")
    private boolean once;

    @Override
    public Integer call() throws InterruptedException {
        final ServiceAddress address = ServiceAddress.of(profile.read(), certificate.given());
        final PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        final Top top = new Top(address, out);
        if (once || System.console() == null || !System.console().isTerminal()) {
            final boolean answered = top.drawOnce(environment("COLUMNS", DEFAULT_COLUMNS), PATIENCE_SECONDS);
            out.flush();
            if (!answered) {
                throw new RunFailure("no service answers at " + address.root());
            }
            return ExitStatus.SUCCESS;
        }
        top.drawOn(environment("COLUMNS", DEFAULT_COLUMNS), environment("LINES", DEFAULT_ROWS));
        return ExitStatus.SUCCESS;
    }

    private static int environment(final String name, final int otherwise) {
        final String value = System.getenv(name);
        return value != null && value.matches("[1-9]\\d{0,3}") ? Integer.parseInt(value) : otherwise;
    }
}
