package dev.continuo.supervision.tls;

import java.security.cert.X509Certificate;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/** Whom a certificate names. */
public final class Subject {
    private Subject() {
    }

    /**
     * The values of a part of the subject's name; none if there is no such part.
     *
     * @param part {@code CN} for the common name, {@code OU} for the organizational unit
     */
    public static List<String> parts(final X509Certificate certificate, final String part) {
        try {
            return new LdapName(certificate.getSubjectX500Principal().getName()).getRdns().stream().filter(named -> named.getType().equalsIgnoreCase(part))
                .map(named -> named.getValue().toString()).toList();
        } catch (final InvalidNameException unnamed) {
            return List.of();
        }
    }
}
