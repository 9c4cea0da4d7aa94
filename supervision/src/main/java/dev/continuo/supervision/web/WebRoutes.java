package dev.continuo.supervision.web;

import static java.util.concurrent.CompletableFuture.completedStage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.continuo.config.CameraProfile;
import dev.continuo.config.ProfileException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCode;
import org.apache.pekko.http.javadsl.model.StatusCodes;

/** Answers one request at a time: who may do it, and what is done. Safe for use by any thread. */
final class WebRoutes {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration BODY_PATIENCE = Duration.ofSeconds(2);
    private static final int LONGEST_BODY = 4096;
    private static final int ACTIONS_PER_SECOND = 10;
    /** A person hardly notices. */
    static final int SLOW_DOWN_MILLIS = 250;

    private final WebParts parts;
    private final Access access;
    private final MetricsPage metrics;
    private final Page page = new Page();
    private final Pictures pictures;
    private final FoxgloveServer foxglove;
    private final LatencyTimeline timeline;
    private final long originNanos;
    private final ActorSystem<?> system;
    private final Refusals refusals;
    private final RateLimit actions;

    WebRoutes(final WebParts parts, final Access access, final Refusals refusals, final ActorSystem<?> system) {
        this.parts = parts;
        this.access = access;
        this.refusals = refusals;
        this.system = system;
        metrics = new MetricsPage(parts.feed(), parts.latencies(), parts.emergencyStop());
        pictures = new Pictures(parts.watched());
        foxglove = new FoxgloveServer(new FoxgloveTopics(parts.profile(), parts.watched(), parts.clock()), refusals);
        timeline = new LatencyTimeline(parts.latencies(), parts.clock());
        originNanos = parts.clock().nanoTime();
        actions = new RateLimit(ACTIONS_PER_SECOND, parts.clock());
    }

    /** The answer to a request. */
    CompletionStage<HttpResponse> answer(final HttpRequest request) {
        final String path = request.getUri().path();
        final Optional<HttpResponse> file = page.at(path);
        if (file.isPresent()) {
            return watch(request, file::get);
        }
        final Optional<Route> route = Route.at(path);
        if (route.isEmpty()) {
            return refuse(request, StatusCodes.NOT_FOUND, "nothing is at this path");
        }
        if (!route.get().method().equals(request.method().value())) {
            return refuse(request, StatusCodes.METHOD_NOT_ALLOWED, route.get().path() + " takes " + route.get().method());
        }
        return switch (route.get()) {
            case METRICS -> watch(request, () -> Answers.metrics(metrics.render(Requester.of(request).accept())));
            case STATUS -> watch(request, () -> Answers.json(parts.feed().status()));
            case REPORT -> watch(request, () -> Answers.json(parts.feed().report()));
            case CELL -> watch(request, () -> Answers.json(Optional.of(CellView.of(parts.profile()))));
            case STREAM -> watch(request, () -> Answers.stream(EventStream.events(parts, timeline, originNanos)));
            case CAMERA -> watch(request, () -> camera(path.substring(Route.CAMERA.path().length())));
            case FOXGLOVE -> grant(request, access.connect(Requester.of(request), FoxgloveServer.PAGES), () -> foxglove.answer(request));
            case EMERGENCY_STOP -> stop(request);
            case RELEASE -> operate(request, body -> parts.operator().release());
            case INSTRUCTION -> operate(request, body -> parts.operator().instruct(text(body)));
            case START -> operate(request, body -> parts.operator().start());
            case PARK -> operate(request, body -> parts.operator().park());
            case FINISH -> operate(request, body -> parts.operator().finish());
        };
    }

    private CompletionStage<HttpResponse> watch(final HttpRequest request, final Supplier<HttpResponse> answer) {
        return grant(request, access.watch(Requester.of(request)), answer);
    }

    private CompletionStage<HttpResponse> grant(final HttpRequest request, final Access.Verdict verdict, final Supplier<HttpResponse> answer) {
        if (verdict != Access.Verdict.GRANTED) {
            return refuse(request, verdict);
        }
        request.discardEntityBytes(system);
        return completedStage(answer.get());
    }

    private HttpResponse camera(final String name) {
        final List<String> names = parts.profile().cameras().stream().map(CameraProfile::name).toList();
        return names.contains(name) ? Answers.pictures(() -> pictures.newest(names.indexOf(name)))
            : Answers.error(StatusCodes.NOT_FOUND, "no camera " + name + "; there are " + String.join(", ", names));
    }

    /** For everybody, at any rate: nothing is asked that could be in the way. */
    private CompletionStage<HttpResponse> stop(final HttpRequest request) {
        parts.operator().stop("asked for over HTTP by " + Requester.of(request).peer());
        request.discardEntityBytes(system);
        return completedStage(Answers.last(Answers.done()));
    }

    private CompletionStage<HttpResponse> operate(final HttpRequest request, final Consumer<JsonNode> action) {
        final Access.Verdict verdict = access.operate(Requester.of(request));
        if (verdict != Access.Verdict.GRANTED) {
            return refuse(request, verdict);
        }
        if (!actions.pass()) {
            return slowDown(request);
        }
        return request.entity().toStrict(BODY_PATIENCE.toMillis(), LONGEST_BODY, system)
            .thenApply(body -> act(request, body, action))
            .exceptionally(failed -> refusal(request, StatusCodes.CONTENT_TOO_LARGE, "a body longer than " + LONGEST_BODY + " bytes, or one that does not end"));
    }

    private HttpResponse act(final HttpRequest request, final HttpEntity.Strict body, final Consumer<JsonNode> action) {
        try {
            action.accept(body.getData().isEmpty() ? JSON.createObjectNode() : JSON.readTree(body.getData().toArray()));
            return Answers.done();
        } catch (final ProfileException notUnderstood) {
            return Answers.error(StatusCodes.BAD_REQUEST, notUnderstood.getMessage());
        } catch (final IllegalStateException notNow) {
            return Answers.error(StatusCodes.CONFLICT, notNow.getMessage());
        } catch (final IOException noJson) {
            refusals.refused(Requester.of(request).peer(), "a body that is no JSON");
            return Answers.error(StatusCodes.BAD_REQUEST, "the body is no JSON");
        }
    }

    private static String text(final JsonNode body) {
        final JsonNode text = body.path("text");
        if (!text.isTextual() || text.asText().isBlank()) {
            throw new ProfileException("an instruction is {\"text\": \"...\"}");
        }
        return text.asText().strip();
    }

    private CompletionStage<HttpResponse> refuse(final HttpRequest request, final Access.Verdict verdict) {
        return switch (verdict) {
            case NO_TOKEN -> refuse(request, StatusCodes.UNAUTHORIZED, "no valid token");
            case VIEWER_ONLY -> refuse(request, StatusCodes.FORBIDDEN, "a viewer may watch only");
            case FOREIGN -> refuse(request, StatusCodes.FORBIDDEN, "made for another host or by another page");
            case GRANTED -> throw new IllegalStateException("granted requests are not refused");
        };
    }

    private CompletionStage<HttpResponse> refuse(final HttpRequest request, final StatusCode status, final String why) {
        final HttpResponse refusal = refusal(request, status, why);
        request.discardEntityBytes(system);
        return completedStage(refusal);
    }

    /** Who asks too often waits, so that asking again and again takes no time from the brain. */
    private CompletionStage<HttpResponse> slowDown(final HttpRequest request) {
        final HttpResponse refusal = refusal(request, StatusCodes.TOO_MANY_REQUESTS, "more than " + ACTIONS_PER_SECOND + " a second");
        request.discardEntityBytes(system);
        return CompletableFuture.supplyAsync(() -> refusal, CompletableFuture.delayedExecutor(SLOW_DOWN_MILLIS, TimeUnit.MILLISECONDS));
    }

    /** Who has no right to be here has to connect again, within the time that strangers have. */
    private HttpResponse refusal(final HttpRequest request, final StatusCode status, final String why) {
        refusals.refused(Requester.of(request).peer(), why);
        return Answers.last(Answers.error(status, why));
    }
}
