package dev.continuo.supervision.trace;

import dev.continuo.policy.playback.ActionChunk;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;

/**
 * Writes one trace for each chunk: the root from the picture to the first command, and below it what the role {@code brain} and the role {@code control} did in between. Each role is a service of
 * its own to the viewer, although all is told here, from the times that the messages carry: nothing is added to what the stages do.
 */
final class ChunkSpans implements AutoCloseable {
    private static final AttributeKey<Long> CHUNK = AttributeKey.longKey("continuo.chunk");
    private static final AttributeKey<Long> REASONING = AttributeKey.longKey("continuo.reasoning");
    private static final AttributeKey<Double> REASONING_AGE = AttributeKey.doubleKey("continuo.reasoning.age_seconds");
    private static final AttributeKey<Long> CAMERA = AttributeKey.longKey("continuo.camera");
    private static final AttributeKey<String> ARM = AttributeKey.stringKey("continuo.arm");
    private static final double SECOND_NANOS = 1e9;

    private final long epochOffsetNanos;
    private final SdkTracerProvider brainProvider;
    private final SdkTracerProvider controlProvider;
    private final Tracer brain;
    private final Tracer control;

    /**
     * Where traces go.
     *
     * @param profile          the profile's name
     * @param processor        takes the spans of both roles; closed with this
     * @param epochOffsetNanos what to add to the messages' clock for nanoseconds since the epoch
     */
    ChunkSpans(final String profile, final SpanProcessor processor, final long epochOffsetNanos) {
        this.epochOffsetNanos = epochOffsetNanos;
        brainProvider = provider("continuo-brain", profile, processor);
        controlProvider = provider("continuo-control", profile, processor);
        brain = brainProvider.get("dev.continuo");
        control = controlProvider.get("dev.continuo");
    }

    private static SdkTracerProvider provider(final String service, final String profile, final SpanProcessor processor) {
        return SdkTracerProvider.builder()
            .setResource(Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), service, AttributeKey.stringKey("service.namespace"), "continuo",
                AttributeKey.stringKey("continuo.profile"), profile)))
            .addSpanProcessor(processor).build();
    }

    /** A trace whose chunk was followed. */
    void write(final ChunkWay way) {
        final Span root = control.spanBuilder("frame to command").setNoParent().setSpanKind(SpanKind.INTERNAL).setStartTimestamp(epoch(way.observedAtNanos()), TimeUnit.NANOSECONDS)
            .setAttribute(CHUNK, way.chunk()).startSpan();
        if (way.reasoningObservedAtNanos() != ActionChunk.NO_REASONING) {
            root.setAttribute(REASONING, way.reasoning()).setAttribute(REASONING_AGE, (way.commandedAtNanos() - way.reasoningObservedAtNanos()) / SECOND_NANOS);
        }
        final Context below = Context.root().with(root);
        if (way.frame() != null) {
            child(brain, "capture", way.frame().observedAtNanos(), way.frame().publishedAtNanos(), below, Attributes.of(CAMERA, (long) way.frame().camera()));
            child(brain, "wait for the policy", way.frame().publishedAtNanos(), way.begunAtNanos(), below, Attributes.empty());
        }
        child(brain, "chunk inference", way.begunAtNanos(), way.publishedAtNanos(), below, Attributes.empty());
        child(control, "chunk to command", way.publishedAtNanos(), way.commandedAtNanos(), below, Attributes.of(ARM, way.arm()));
        root.end(epoch(way.commandedAtNanos()), TimeUnit.NANOSECONDS);
    }

    private void child(final Tracer role, final String name, final long fromNanos, final long toNanos, final Context parent, final Attributes attributes) {
        role.spanBuilder(name).setParent(parent).setStartTimestamp(epoch(fromNanos), TimeUnit.NANOSECONDS).setAllAttributes(attributes).startSpan()
            .end(epoch(Math.max(fromNanos, toNanos)), TimeUnit.NANOSECONDS);
    }

    private long epoch(final long nanos) {
        return epochOffsetNanos + nanos;
    }

    @Override
    public void close() {
        CloseHelper.closeAll(brainProvider, controlProvider);
    }
}
