package dev.continuo.supervision.top;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Listens to a service for as long as the process lives; one that goes away and comes back is connected to again. */
final class Connection {
    private static final Duration PATIENCE = ServiceAddress.PATIENCE;
    private static final long RETRY_MILLIS = 1000;
    private static final long REPORT_MILLIS = 2000;

    private final ServiceAddress address;
    private final ServiceEvents events;
    private final HttpClient client;
    private volatile String lost;

    Connection(final ServiceAddress address, final ServiceEvents events) {
        this.address = address;
        this.events = events;
        client = address.client();
        lost = "connecting to " + address.root();
    }

    /** Begins to listen, on threads of its own. */
    void start() {
        Thread.ofVirtual().start(this::listen);
        Thread.ofVirtual().start(this::askForReports);
    }

    /** What is to be said of the connection; empty while it is there. */
    String lost() {
        return lost;
    }

    private void listen() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                final HttpResponse<Stream<String>> stream = client.send(address.request("/api/stream").build(), BodyHandlers.ofLines());
                if (stream.statusCode() == 200) {
                    events.clear();
                    events.put("cell", client.send(address.request("/api/cell").timeout(PATIENCE).build(), BodyHandlers.ofString()).body());
                    lost = "";
                    stream.body().forEach(events::line);
                    lost = lostNow();
                } else {
                    lost = address.root() + " answers " + stream.statusCode();
                }
            } catch (final SSLException refused) {
                lost = address.root() + ": " + refused.getMessage();
            } catch (final IOException | java.io.UncheckedIOException gone) {
                lost = lost.isEmpty() ? lostNow() : lost;
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            pause(RETRY_MILLIS);
        }
    }

    private String lostNow() {
        return "no connection to " + address.root() + " since " + LocalTime.now().truncatedTo(ChronoUnit.SECONDS);
    }

    private void askForReports() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                if (lost.isEmpty()) {
                    final HttpResponse<String> report = client.send(address.request("/api/report").timeout(PATIENCE).build(), BodyHandlers.ofString());
                    if (report.statusCode() == 200) {
                        events.put("report", report.body());
                    }
                }
            } catch (final IOException gone) {
                // The stream says so.
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            pause(REPORT_MILLIS);
        }
    }

    private static void pause(final long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
