package dev.continuo.actors.agent;

import dev.continuo.config.PluginSettings;
import dev.continuo.config.Profile;

/**
 * A kind of policy: what has to be written to add one. Named in {@code META-INF/services/dev.continuo.actors.agent.PolicyKind} and made with a constructor without parameters.
 */
public interface PolicyKind {

    /** The kind's name, a profile's {@code policy.kind}. */
    String name();

    /**
     * Opens a policy of this kind. Called at each start of the action stage; the policy is closed with it.
     *
     * @param profile  the cell that it acts in: arms and their columns, cameras, the rows of a chunk and their period
     * @param settings those of the profile's policy
     * @throws dev.continuo.config.ProfileException if the settings, or the profile, cannot work
     * @throws java.io.UncheckedIOException         if something that it needs cannot be reached
     */
    ChunkPolicy open(Profile profile, PluginSettings settings);
}
