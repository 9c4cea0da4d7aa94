package dev.continuo.supervision.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.continuo.actors.bus.BusPublication;
import dev.continuo.actors.bus.MemoryBus;
import dev.continuo.actors.bus.StreamId;
import dev.continuo.actors.message.ActionChunkEncoder;
import dev.continuo.actors.message.CameraFrameEncoder;
import dev.continuo.actors.message.JointStateEncoder;
import dev.continuo.actors.message.MessageHeaderEncoder;
import dev.continuo.actors.message.MotionMode;
import dev.continuo.config.ProfileReader;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What arrives at a receiver of traces, decoded by OpenTelemetry's own classes. */
class TraceAgentTest {
    private static final long EPOCH = 1_700_000_000_000_000_000L;
    private static final long MILLI = 1_000_000L;

    private final MemoryBus bus = new MemoryBus(1024);
    private final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(4096));
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final BlockingQueue<ExportTraceServiceRequest> received = new LinkedBlockingQueue<>();
    private HttpServer receiver;

    private URI receiver() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/v1/traces", exchange -> {
            received.add(ExportTraceServiceRequest.parseFrom(exchange.getRequestBody()));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        receiver.start();
        return URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/v1/traces");
    }

    @AfterEach
    void stop() {
        if (receiver != null) {
            receiver.stop(0);
        }
    }

    @Test
    void aPictureIsFollowedToTheFirstCommandAcrossRoles() throws Exception {
        final TraceAgent agent = new TraceAgent(ProfileReader.read("arx-sim"), receiver(), EPOCH, bus, SystemNanoClock.INSTANCE);
        final BusPublication frames = bus.publication(StreamId.CAMERA_FRAME);
        final BusPublication chunks = bus.publication(StreamId.ACTION_CHUNK);
        final BusPublication states = bus.publication(StreamId.JOINT_STATE);
        frame(frames, 10 * MILLI, 30 * MILLI);
        frame(frames, 70 * MILLI, 90 * MILLI);
        chunk(chunks, 7, 10 * MILLI, 200 * MILLI, 120 * MILLI);
        state(states, 0, 6, 201 * MILLI);
        agent.doWork();
        state(states, 1, 7, 203 * MILLI);
        state(states, 0, 7, 204 * MILLI);
        agent.doWork();
        assertEquals(Map.of("traced", 1L), agent.tally());
        agent.onClose();

        final Map<String, Span> spans = new TreeMap<>();
        final Map<String, String> services = new TreeMap<>();
        while (spans.size() < 5) {
            final ExportTraceServiceRequest request = received.poll(20, TimeUnit.SECONDS);
            assertTrue(request != null, "arrived so far: " + spans.keySet());
            for (final ResourceSpans resource : request.getResourceSpansList()) {
                final String service = resource.getResource().getAttributesList().stream().filter(one -> one.getKey().equals("service.name")).findFirst().orElseThrow().getValue().getStringValue();
                resource.getScopeSpansList().forEach(scope -> scope.getSpansList().forEach(span -> {
                    spans.put(span.getName(), span);
                    services.put(span.getName(), service);
                }));
            }
        }
        assertSpan(spans, "frame to command", 10, 203);
        assertSpan(spans, "capture", 10, 30);
        assertSpan(spans, "wait for the policy", 30, 80);
        assertSpan(spans, "chunk inference", 80, 200);
        assertSpan(spans, "chunk to command", 200, 203);
        assertEquals(Map.of("frame to command", "continuo-control", "capture", "continuo-brain", "wait for the policy", "continuo-brain", "chunk inference", "continuo-brain",
            "chunk to command", "continuo-control"), services);
        final Span root = spans.remove("frame to command");
        spans.values().forEach(span -> assertEquals(root.getSpanId(), span.getParentSpanId(), span.getName()));
        spans.values().forEach(span -> assertEquals(root.getTraceId(), span.getTraceId(), span.getName()));
    }

    @Test
    void whatWasNeverPlayedIsNotTraced() throws Exception {
        final TraceAgent agent = new TraceAgent(ProfileReader.read("arx-sim"), receiver(), EPOCH, bus, SystemNanoClock.INSTANCE);
        final BusPublication chunks = bus.publication(StreamId.ACTION_CHUNK);
        final BusPublication states = bus.publication(StreamId.JOINT_STATE);
        chunk(chunks, 1, 10 * MILLI, 200 * MILLI, 120 * MILLI);
        chunk(chunks, 2, 60 * MILLI, 300 * MILLI, 120 * MILLI);
        agent.doWork();
        state(states, 0, 2, 301 * MILLI);
        state(states, 0, 1, 302 * MILLI);
        agent.doWork();
        assertEquals(Map.of("traced", 1L), agent.tally());
        agent.onClose();
    }

    @Test
    void aReceiverThatIsNotThereHurtsNobody() throws Exception {
        final URI address = receiver();
        stop();
        final TraceAgent agent = new TraceAgent(ProfileReader.read("arx-sim"), address, EPOCH, bus, SystemNanoClock.INSTANCE);
        chunk(bus.publication(StreamId.ACTION_CHUNK), 1, 10 * MILLI, 200 * MILLI, 120 * MILLI);
        agent.doWork();
        state(bus.publication(StreamId.JOINT_STATE), 0, 1, 302 * MILLI);
        agent.doWork();
        assertEquals(Map.of("traced", 1L), agent.tally());
        agent.onClose();
    }

    private static void assertSpan(final Map<String, Span> spans, final String name, final long fromMillis, final long toMillis) {
        assertEquals(EPOCH + fromMillis * MILLI, spans.get(name).getStartTimeUnixNano(), name);
        assertEquals(EPOCH + toMillis * MILLI, spans.get(name).getEndTimeUnixNano(), name);
    }

    private void frame(final BusPublication to, final long observedAtNanos, final long publishedAtNanos) {
        final CameraFrameEncoder frame = new CameraFrameEncoder().wrapAndApplyHeader(buffer, 0, header);
        frame.observedAtNanos(observedAtNanos).publishedAtNanos(publishedAtNanos).sequence(1).index(0).capturedAtNanos(observedAtNanos).width(1).height(1).putPixels(new byte[3], 0, 3);
        to.offer(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + frame.encodedLength());
    }

    private void chunk(final BusPublication to, final long sequence, final long observedAtNanos, final long publishedAtNanos, final long inferenceNanos) {
        final ActionChunkEncoder chunk = new ActionChunkEncoder().wrapAndApplyHeader(buffer, 0, header);
        chunk.observedAtNanos(observedAtNanos).publishedAtNanos(publishedAtNanos).sequence(sequence).index(0).reasoningObservedAtNanos(1).reasoningSequence(3).rowPeriodNanos(20 * MILLI)
            .inferenceNanos(inferenceNanos).rows(1).columns(1).firstRowAtNanos(observedAtNanos).frameSkewNanos(0).continuedSequence(0).committedRows(0).putValues(new byte[4], 0, 4);
        to.offer(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + chunk.encodedLength());
    }

    private void state(final BusPublication to, final int arm, final long chunk, final long commandedAtNanos) {
        final JointStateEncoder state = new JointStateEncoder().wrapAndApplyHeader(buffer, 0, header);
        state.observedAtNanos(commandedAtNanos).publishedAtNanos(commandedAtNanos).sequence(1).index(arm).mode(MotionMode.PLAYING).commandedAtNanos(commandedAtNanos).chunkSequence(chunk).axesCount(0);
        to.offer(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + state.encodedLength());
    }
}
