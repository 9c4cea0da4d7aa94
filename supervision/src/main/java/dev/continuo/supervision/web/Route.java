package dev.continuo.supervision.web;

import java.util.Optional;
import java.util.stream.Stream;

/** What can be asked for over HTTP. */
enum Route {
    /** Everything that Prometheus scrapes. */
    METRICS("GET", "/metrics"),
    /** How the run stands: a {@link dev.continuo.supervision.report.RunStatus}. */
    STATUS("GET", "/api/status"),
    /** The report as it would be if the run ended now: a {@link dev.continuo.supervision.report.RunReport}. */
    REPORT("GET", "/api/report"),
    /** What a page must know of the profile: a {@link CellView}. */
    CELL("GET", "/api/cell"),
    /** How the run goes on, as server-sent events: an {@link EventStream}. */
    STREAM("GET", "/api/stream"),
    /** Pictures of the camera whose name follows, one after the other. */
    CAMERA("GET", "/api/cameras/"),
    /** The topics of the cell for the viewer Foxglove, over a WebSocket: a {@link FoxgloveServer}. */
    FOXGLOVE("GET", "/foxglove"),
    /** The emergency stop. */
    EMERGENCY_STOP("POST", "/api/emergency-stop"),
    /** Releases the emergency stop. */
    RELEASE("POST", "/api/release"),
    /** Another instruction, <code>{"text": "..."}</code>. */
    INSTRUCTION("POST", "/api/instruction"),
    /** Lets the arms play. */
    START("POST", "/api/start"),
    /** Has the arms move to their park pose and let go, until they are started. */
    PARK("POST", "/api/park"),
    /** Ends the run in order. */
    FINISH("POST", "/api/finish");

    private final String method;
    private final String path;

    Route(final String method, final String path) {
        this.method = method;
        this.path = path;
    }

    /** The route of a path. */
    static Optional<Route> at(final String path) {
        return Stream.of(values()).filter(route -> route == CAMERA ? path.startsWith(route.path) : path.equals(route.path)).findFirst();
    }

    /** The HTTP method that it takes. */
    String method() {
        return method;
    }

    /** Where it is. */
    String path() {
        return path;
    }
}
