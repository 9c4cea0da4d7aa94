package dev.continuo.supervision.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.StatusCode;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.Connection;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** What goes back over HTTP. */
final class Answers {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ContentType EVENT_STREAM = MediaTypes.TEXT_EVENT_STREAM.toContentType();
    private static final Duration PICTURE_PERIOD = Duration.ofMillis(200);
    private static final String BOUNDARY = "picture";
    private static final ContentType PICTURES = ContentTypes.parse("multipart/x-mixed-replace; boundary=" + BOUNDARY);
    private static final RawHeader FRESH = RawHeader.create("Cache-Control", "no-store");

    private Answers() {
    }

    /** A document; there is none before the service has started. */
    static HttpResponse json(final Optional<?> document) {
        return document.map(there -> json(StatusCodes.OK, there)).orElseGet(() -> error(StatusCodes.SERVICE_UNAVAILABLE, "the service is starting"));
    }

    /** That it is done. */
    static HttpResponse done() {
        return json(StatusCodes.OK, Map.of("done", true));
    }

    /** Why it is not done. */
    static HttpResponse error(final StatusCode status, final String why) {
        final HttpResponse response = json(status, Map.of("error", why));
        // Both: Prometheus and scripts send tokens, browsers ask for a password.
        return status.equals(StatusCodes.UNAUTHORIZED)
            ? response.addHeader(RawHeader.create("WWW-Authenticate", "Bearer")).addHeader(RawHeader.create("WWW-Authenticate", "Basic realm=\"continuo\"")) : response;
    }

    /** The same, after which the connection is closed. */
    static HttpResponse last(final HttpResponse response) {
        return response.addHeader(Connection.create("close"));
    }

    /** The metrics. */
    static HttpResponse metrics(final MetricsPage.Rendered page) {
        return HttpResponse.create().withEntity(HttpEntities.create(ContentTypes.parse(page.contentType()), page.bytes()));
    }

    /** Server-sent events. */
    static HttpResponse stream(final Source<ByteString, ?> events) {
        return HttpResponse.create().addHeader(FRESH).withEntity(HttpEntities.create(EVENT_STREAM, events));
    }

    /** Pictures one after the other, as browsers show them. */
    static HttpResponse pictures(final Supplier<Optional<Pictures.Jpeg>> newest) {
        final Source<ByteString, ?> parts = Source.tick(Duration.ZERO, PICTURE_PERIOD, NotUsed.getInstance()).statefulMapConcat(() -> {
            final long[] sent = {0};
            return tick -> newest.get().filter(picture -> picture.sequence() != sent[0]).map(picture -> {
                sent[0] = picture.sequence();
                return part(picture.bytes());
            }).stream().toList();
        });
        return HttpResponse.create().addHeader(FRESH).withEntity(HttpEntities.create(PICTURES, parts));
    }

    private static ByteString part(final byte[] jpeg) {
        return ByteString.fromString("--" + BOUNDARY + "\r\nContent-Type: image/jpeg\r\nContent-Length: " + jpeg.length + "\r\n\r\n")
            .concat(ByteString.fromArray(jpeg)).concat(ByteString.fromString("\r\n"));
    }

    private static HttpResponse json(final StatusCode status, final Object document) {
        return HttpResponse.create().withStatus(status).addHeader(FRESH).withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, write(document)));
    }

    /** A document as JSON on one line. */
    static String write(final Object document) {
        try {
            return JSON.writeValueAsString(document);
        } catch (final JsonProcessingException e) {
            throw new IllegalStateException("an answer must be writable as JSON", e);
        }
    }
}
