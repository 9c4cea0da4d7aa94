package dev.continuo.actors.agent;

import dev.continuo.config.PolicyProfile;
import dev.continuo.config.Profile;
import dev.continuo.config.ProfileException;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** Finds the policies that plugins bring. */
public final class Policies {
    private Policies() {
    }

    /**
     * The kind that a profile names.
     *
     * @throws ProfileException if nobody brings it; the message says which there are
     */
    public static PolicyKind kind(final PolicyProfile profile) {
        final List<PolicyKind> kinds = ServiceLoader.load(PolicyKind.class).stream().map(ServiceLoader.Provider::get).toList();
        return kinds.stream().filter(kind -> kind.name().equals(profile.kind())).findFirst().orElseThrow(() -> new ProfileException("no policy " + profile.kind() + "; there are "
            + String.join(", ", Stream.concat(Stream.of(PolicyProfile.MODEL.kind()), kinds.stream().map(PolicyKind::name)).sorted().toList())));
    }

    /**
     * Opens the policy of a profile that has one of a plugin's.
     *
     * @throws ProfileException             if its kind is not there, or its settings cannot work
     * @throws java.io.UncheckedIOException if something that it needs cannot be reached
     */
    public static ChunkPolicy open(final Profile profile) {
        final ChunkPolicy policy = kind(profile.policy()).open(profile, profile.policy().settings());
        try {
            profile.policy().settings().finish();
            return policy;
        } catch (final ProfileException unknownKey) {
            policy.close();
            throw unknownKey;
        }
    }
}
