package dev.continuo.supervision.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client of Foxglove's protocol by the JDK's WebSocket. It may be told to read nothing for a while. */
final class FoxgloveViewer implements WebSocket.Listener, AutoCloseable {
    static final String SDK = "foxglove.sdk.v1";
    private static final ObjectMapper JSON = new ObjectMapper();

    final BlockingQueue<JsonNode> texts = new LinkedBlockingQueue<>();
    final BlockingQueue<Data> data = new LinkedBlockingQueue<>();
    final CountDownLatch closed = new CountDownLatch(1);
    final Map<String, JsonNode> channels = new HashMap<>();
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private volatile boolean reading = true;
    private WebSocket socket;

    /** A message of a topic. */
    record Data(long subscription, long atEpochNanos, ByteBuffer cdr) {
    }

    private FoxgloveViewer() {
    }

    /** Connects; headers by name and value. Throws what the JDK does if it is refused. */
    static FoxgloveViewer connect(final HttpClient http, final String address, final String protocol, final String... headers) throws Throwable {
        final WebSocket.Builder builder = http.newWebSocketBuilder();
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        if (!protocol.isEmpty()) {
            builder.subprotocols(protocol);
        }
        final FoxgloveViewer viewer = new FoxgloveViewer();
        try {
            viewer.socket = builder.buildAsync(URI.create(address), viewer).join();
        } catch (final CompletionException refused) {
            throw refused.getCause();
        }
        return viewer;
    }

    String protocol() {
        return socket.getSubprotocol();
    }

    /** The next message in words, whatever its kind. */
    JsonNode text() throws InterruptedException {
        final JsonNode next = texts.poll(10, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing was said within 10 s");
        }
        next.path("channels").forEach(channel -> channels.put(channel.path("topic").asText(), channel));
        return next;
    }

    /** The next message of any topic. */
    Data next() throws InterruptedException {
        final Data next = data.poll(10, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("no data came within 10 s");
        }
        return next;
    }

    /** Subscribes to a topic, once the channels are known. */
    void subscribe(final int id, final String topic) {
        send("{\"op\":\"subscribe\",\"subscriptions\":[{\"id\":" + id + ",\"channelId\":" + channels.get(topic).path("id").asInt() + "}]}");
    }

    void send(final String message) {
        socket.sendText(message, true).join();
    }

    void send(final byte[] message) {
        socket.sendBinary(ByteBuffer.wrap(message), true).join();
    }

    /** Reads nothing more. */
    void pause() {
        reading = false;
    }

    /** Reads again. */
    void resume() {
        reading = true;
        socket.request(1);
    }

    private CompletionStage<?> more() {
        if (reading) {
            socket.request(1);
        }
        return null;
    }

    @Override
    public void onOpen(final WebSocket opened) {
        opened.request(1);
    }

    @Override
    public CompletionStage<?> onText(final WebSocket from, final CharSequence part, final boolean last) {
        socket = from;
        text.append(part);
        if (last) {
            try {
                texts.add(JSON.readTree(text.toString()));
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
            text.setLength(0);
        }
        return more();
    }

    @Override
    public CompletionStage<?> onBinary(final WebSocket from, final ByteBuffer part, final boolean last) {
        final byte[] copy = new byte[part.remaining()];
        part.get(copy);
        bytes.writeBytes(copy);
        if (last) {
            final ByteBuffer whole = ByteBuffer.wrap(bytes.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
            if (whole.get() != 1) {
                throw new AssertionError("binary messages are data");
            }
            data.add(new Data(Integer.toUnsignedLong(whole.getInt()), whole.getLong(), whole.slice().order(ByteOrder.LITTLE_ENDIAN)));
            bytes.reset();
        }
        return more();
    }

    @Override
    public CompletionStage<?> onClose(final WebSocket from, final int status, final String reason) {
        closed.countDown();
        return null;
    }

    @Override
    public void onError(final WebSocket from, final Throwable error) {
        closed.countDown();
    }

    @Override
    public void close() {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "");
        closed.countDown();
    }
}
