package dev.continuo.actors.agent;

import dev.continuo.actors.agent.FakeModels.FakePolicy;
import dev.continuo.config.PluginSettings;
import dev.continuo.config.Profile;

/** A policy as a plugin would bring it. */
public final class OffsetKind implements PolicyKind {
    /** Policies that were closed. */
    static int closed;

    @Override
    public String name() {
        return "offset";
    }

    @Override
    public ChunkPolicy open(final Profile profile, final PluginSettings settings) {
        final FakePolicy policy = new FakePolicy();
        policy.offset = (float) settings.real("by", -1, 1);
        return new ChunkPolicy() {
            @Override
            public boolean chunk(final Request request, final float[] rows) {
                return policy.chunk(request, rows);
            }

            @Override
            public void close() {
                closed++;
            }
        };
    }
}
