package dev.continuo.supervision.roles;

import dev.continuo.actors.agent.ChunkPolicy;
import dev.continuo.actors.agent.Policies;
import dev.continuo.actors.agent.Reasoner;
import dev.continuo.actors.model.LoadedModel;
import dev.continuo.config.Profile;
import dev.continuo.config.ProfileException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * What reasons and acts in a brain, by its profile: the model does both; with a policy of a plugin's it only reasons, where the profile wants that, or is not loaded at all.
 *
 * @param reasoner for the thread of the reasoning stage, asked for at each start of the stage; empty where nobody reasons
 * @param policy   for the thread of the action stage, likewise
 */
public record Mind(Optional<Supplier<Reasoner>> reasoner, Supplier<ChunkPolicy> policy) {

    /**
     * Loads a mind, which lives as long as the process: stages may still be computing with it when that ends.
     *
     * @param directory of the model, resolved
     * @param isFirst   whether what a plugin's policy cannot reach is a matter of configuration, instead of being waited for by the stage
     * @throws ProfileException if the model or the policy cannot be used
     */
    public static Mind load(final Profile profile, final Path directory, final boolean isFirst) {
        if (profile.policy().isModel()) {
            final LoadedModel model = LoadedModel.load(profile.model(), directory);
            return new Mind(Optional.of(model::reasoner), () -> model.policy(profile.cell().seed()));
        }
        final AtomicReference<ChunkPolicy> opened = new AtomicReference<>(isFirst ? open(profile) : null);
        final Supplier<ChunkPolicy> policy = () -> {
            final ChunkPolicy first = opened.getAndSet(null);
            return first == null ? Policies.open(profile) : first;
        };
        return new Mind(profile.policy().reasoning() ? Optional.of(LoadedModel.loadReasoning(profile.model(), directory)::reasoner) : Optional.empty(), policy);
    }

    private static ChunkPolicy open(final Profile profile) {
        try {
            return Policies.open(profile);
        } catch (final UncheckedIOException unreachable) {
            throw new ProfileException("policy " + profile.policy().kind() + ": " + unreachable.getMessage(), unreachable);
        }
    }
}
