package dev.continuo.supervision.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpCharsets;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/** The web page: a few files, held in memory, built from the sources in {@code supervision/page}. */
final class Page {
    private static final String FOLDER = "/dev/continuo/supervision/web/page/";
    /** Nothing from elsewhere, and in nobody's frame. */
    private static final RawHeader POLICY = RawHeader.create("Content-Security-Policy", "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'");
    private static final RawHeader AS_TOLD = RawHeader.create("X-Content-Type-Options", "nosniff");
    private static final RawHeader FRESH = RawHeader.create("Cache-Control", "no-cache");

    private final Map<String, HttpResponse> files = new LinkedHashMap<>();

    /** Reads the files. */
    Page() {
        add("/", "index.html", ContentTypes.TEXT_HTML_UTF8);
        add("/page.js", "page.js", MediaTypes.APPLICATION_JAVASCRIPT.toContentType(HttpCharsets.UTF_8));
        add("/page.css", "page.css", MediaTypes.TEXT_CSS.toContentType(HttpCharsets.UTF_8));
    }

    /** The file at a path, if there is one. */
    Optional<HttpResponse> at(final String path) {
        return Optional.ofNullable(files.get(path));
    }

    private void add(final String path, final String name, final ContentType type) {
        try (InputStream file = Page.class.getResourceAsStream(FOLDER + name)) {
            if (file == null) {
                throw new IllegalStateException("the page's " + name + " is missing in this build");
            }
            files.put(path, HttpResponse.create().addHeader(POLICY).addHeader(AS_TOLD).addHeader(FRESH).withEntity(HttpEntities.create(type, file.readAllBytes())));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
