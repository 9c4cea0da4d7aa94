package dev.continuo.benchmarks.watching;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * All that may look on at once: what the page asks for (its stream, and the pictures of each camera), a Prometheus that scrapes native histograms each second, and a
 * receiver of traces. What they get is counted and thrown away: to draw it is for the computer with the browser.
 */
final class Viewers implements AutoCloseable {
    private static final String NATIVE_HISTOGRAMS = "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited";
    private static final int BUFFER_BYTES = 65_536;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client = HttpClient.newBuilder().executor(threads).build();
    private final HttpServer receiver;
    private final LongAdder streamedBytes = new LongAdder();
    private final LongAdder scrapes = new LongAdder();
    private final LongAdder exports = new LongAdder();
    private volatile boolean closed;

    /** A receiver of traces, and nobody who looks yet. */
    Viewers() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.setExecutor(threads);
        receiver.createContext("/v1/traces", exchange -> {
            exports.increment();
            exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        receiver.start();
    }

    /** Where traces are sent to. */
    URI traces() {
        return URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/v1/traces");
    }

    /**
     * Looks at a service until this is closed.
     *
     * @param service where it listens for HTTP
     * @param cameras whose pictures
     */
    void look(final URI service, final List<String> cameras) {
        threads.submit(() -> stream(service.resolve("/api/stream")));
        cameras.forEach(camera -> threads.submit(() -> stream(service.resolve("/api/cameras/" + camera))));
        threads.submit(() -> scrape(service.resolve("/metrics")));
    }

    private Void stream(final URI from) throws InterruptedException {
        while (!closed) {
            try (InputStream body = client.send(HttpRequest.newBuilder(from).build(), BodyHandlers.ofInputStream()).body()) {
                final byte[] buffer = new byte[BUFFER_BYTES];
                for (int read = body.read(buffer); read >= 0 && !closed; read = body.read(buffer)) {
                    streamedBytes.add(read);
                }
            } catch (final IOException later) {
                TimeUnit.SECONDS.sleep(1);
            }
        }
        return null;
    }

    private Void scrape(final URI from) throws InterruptedException {
        while (!closed) {
            try {
                if (client.send(HttpRequest.newBuilder(from).header("Accept", NATIVE_HISTOGRAMS).build(), BodyHandlers.discarding()).statusCode() == 200) {
                    scrapes.increment();
                }
            } catch (final IOException later) {
                // The next second will tell.
            }
            TimeUnit.SECONDS.sleep(1);
        }
        return null;
    }

    /** What they have got so far. */
    Watched watched() {
        return new Watched(streamedBytes.sum(), scrapes.sum(), exports.sum());
    }

    /**
     * What viewers got, so that nobody takes a service that served nothing for a cheap one.
     *
     * @param streamedBytes of the page's stream and of pictures
     * @param scrapes       answered with all metrics
     * @param exports       of traces received
     */
    record Watched(long streamedBytes, long scrapes, long exports) {
    }

    @Override
    public void close() {
        closed = true;
        threads.shutdownNow();
        client.shutdownNow();
        receiver.stop(0);
    }
}
