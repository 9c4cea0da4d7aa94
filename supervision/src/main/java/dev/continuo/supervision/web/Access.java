package dev.continuo.supervision.web;

import dev.continuo.config.WebProfile;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who may do what: viewers watch, operators also ask for something. Which of them a request comes from, its token says or the certificate of its connection; the emergency stop is for everybody and is not asked about here.
 *
 * <p>A browser is made to send requests by any page that it shows. So a request must name this service as its host (or a name of a foreign page's could be bound to our address), and one that asks for
 * something must not come from another page.
 */
final class Access {
    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private final Optional<TokenFile> viewer;
    private final Optional<TokenFile> operator;
    private final boolean asksForCertificates;
    private final boolean loopback;

    /** The answer. */
    enum Verdict {
        /** Go on. */
        GRANTED,
        /** There is no token and no certificate, or it is not the right one. */
        NO_TOKEN,
        /** Known as one who may watch only. */
        VIEWER_ONLY,
        /** The request was made for another host, or by another page. */
        FOREIGN
    }

    /**
     * The rules of a profile.
     *
     * @param loopback whether only this computer can reach the service
     * @throws dev.continuo.config.ProfileException if a token file cannot be used
     */
    Access(final WebProfile profile, final boolean loopback) {
        viewer = profile.viewerToken().map(TokenFile::read);
        operator = profile.operatorToken().map(TokenFile::read);
        asksForCertificates = profile.asksForCertificates();
        this.loopback = loopback;
    }

    /** Whether somebody may watch. */
    Verdict watch(final Requester requester) {
        if (isForeign(requester.host())) {
            return Verdict.FOREIGN;
        }
        return viewer.isEmpty() && !asksForCertificates || requester.certified().isPresent() || Stream.of(viewer, operator).flatMap(Optional::stream).anyMatch(known -> offers(requester, known)) ? Verdict.GRANTED : Verdict.NO_TOKEN;
    }

    /**
     * Whether somebody may watch over a WebSocket. A browser lets any page open one and read from it, so the page is asked for as well.
     *
     * @param viewers other pages than our own that may. Where a token is needed they must have been told it: what a browser remembers does not count
     */
    Verdict connect(final Requester requester, final Set<String> viewers) {
        final boolean ofViewer = requester.origin().filter(viewers::contains).isPresent();
        if (requester.isOfOtherPage() && !ofViewer) {
            return Verdict.FOREIGN;
        }
        return watch(ofViewer ? requester.offeringTypedAlone() : requester.offeringTyped());
    }

    /** Whether somebody may operate. */
    Verdict operate(final Requester requester) {
        final Verdict watching = watch(requester);
        if (watching == Verdict.FOREIGN || requester.isOfOtherPage()) {
            return Verdict.FOREIGN;
        }
        if (operator.isEmpty() && !asksForCertificates) {
            return watching;
        }
        if (requester.certified().filter(Certified.OPERATOR::equals).isPresent() || operator.filter(known -> offers(requester, known)).isPresent()) {
            return Verdict.GRANTED;
        }
        return watching == Verdict.GRANTED && (requester.token().isPresent() || requester.certified().isPresent()) ? Verdict.VIEWER_ONLY : Verdict.NO_TOKEN;
    }

    private boolean isForeign(final String host) {
        return loopback && !LOOPBACK_NAMES.contains(host);
    }

    private static boolean offers(final Requester requester, final TokenFile known) {
        return requester.token().filter(known::matches).isPresent();
    }
}
