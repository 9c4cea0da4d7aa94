package dev.continuo.benchmarks.watching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ViewersTest {
    private static final Set<String> WANTED = Set.of("/api/stream", "/api/cameras/top", "/api/cameras/left", "/metrics");
    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    private final CountDownLatch all = new CountDownLatch(WANTED.size());

    @Test
    void theyAskForAllThatAPageAndAPrometheusAskFor() throws Exception {
        final HttpServer service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", this::answer);
        service.start();
        try (Viewers viewers = new Viewers()) {
            viewers.look(URI.create("http://127.0.0.1:" + service.getAddress().getPort()), List.of("top", "left"));
            assertTrue(all.await(30, TimeUnit.SECONDS), asked.toString());
            assertEquals(WANTED, asked);
            while (viewers.watched().streamedBytes() < 300 || viewers.watched().scrapes() < 1) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
            assertEquals(0, viewers.watched().exports());
            final HttpRequest export = HttpRequest.newBuilder(viewers.traces()).POST(BodyPublishers.ofString("a trace")).build();
            assertEquals(200, HttpClient.newHttpClient().send(export, BodyHandlers.discarding()).statusCode());
            assertEquals(1, viewers.watched().exports());
        } finally {
            service.stop(0);
        }
    }

    private void answer(final HttpExchange exchange) throws IOException {
        final byte[] body = new byte[100];
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
        if (asked.add(exchange.getRequestURI().getPath())) {
            all.countDown();
        }
    }
}
