package dev.continuo.benchmarks.faults;

import dev.continuo.actors.agent.ChunkPolicy;
import dev.continuo.actors.agent.PolicyKind;
import dev.continuo.actors.model.LoadedModel;
import dev.continuo.benchmarks.Pause;
import dev.continuo.config.PluginSettings;
import dev.continuo.config.Profile;
import dev.continuo.supervision.command.Installation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The model's action expert, made to fail by what a file says: the name of a {@link PolicyFault}. A plugin of the kind {@value #KIND}, which only the service of this benchmark finds.
 */
public final class FaultyPolicy implements PolicyKind {
    /** Its {@code policy.kind}. */
    static final String KIND = "bench-faults";
    private static final long LATE_MILLIS = 2_000;
    private static final long POLL_MILLIS = 20;
    private static final float FAR = 10;

    /** For the service loader. */
    public FaultyPolicy() {
    }

    @Override
    public String name() {
        return KIND;
    }

    @Override
    public ChunkPolicy open(final Profile profile, final PluginSettings settings) {
        final Path orders = Path.of(settings.text("orders"));
        final ChunkPolicy sound = LoadedModel.load(profile.model(), Installation.resolve(profile.model().directory())).policy(profile.cell().seed());
        return new ChunkPolicy() {
            private float[] frozen = new float[0];

            @Override
            public boolean chunk(final Request request, final float[] rows) {
                if (!sound.chunk(request, rows)) {
                    return false;
                }
                final PolicyFault fault = ordered(orders);
                if (fault != PolicyFault.FROZEN || frozen.length != rows.length) {
                    frozen = rows.clone();
                }
                apply(fault, orders, rows, frozen);
                return true;
            }

            @Override
            public void close() {
                sound.close();
            }
        };
    }

    private static void apply(final PolicyFault fault, final Path orders, final float[] rows, final float[] frozen) {
        switch (fault) {
            case NONE -> { }
            case NAN -> rows[rows.length / 2] = Float.NaN;
            case INFINITE -> rows[rows.length / 2] = Float.POSITIVE_INFINITY;
            case FAR -> {
                for (int i = 0; i < rows.length; i++) {
                    rows[i] *= FAR;
                }
            }
            case FROZEN -> System.arraycopy(frozen, 0, rows, 0, rows.length);
            case LATE -> Pause.millis(LATE_MILLIS);
            case HANGS -> {
                while (ordered(orders) == PolicyFault.HANGS) {
                    Pause.millis(POLL_MILLIS);
                }
            }
            case THROWS -> throw new IllegalStateException("a fault that was ordered");
            case THROWS_ONCE -> {
                order(orders, PolicyFault.NONE);
                throw new IllegalStateException("a fault that was ordered once");
            }
        }
    }

    /** Has policies that look there fail in a way. */
    static void order(final Path orders, final PolicyFault fault) {
        try {
            Files.writeString(orders, fault.name());
        } catch (final IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static PolicyFault ordered(final Path orders) {
        try {
            final String text = Files.readString(orders);
            return Arrays.stream(PolicyFault.values()).filter(fault -> fault.name().equals(text)).findFirst().orElse(PolicyFault.NONE);
        } catch (final IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
