package dev.continuo.benchmarks.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.actors.bus.BusSubscription;
import dev.continuo.actors.bus.MemoryBus;
import dev.continuo.actors.bus.StreamId;
import dev.continuo.actors.message.ActionChunkDecoder;
import dev.continuo.actors.message.MessageHeaderDecoder;
import dev.continuo.config.ArmProfile;
import dev.continuo.config.DriverProfile;
import dev.continuo.config.AxisLimits;
import dev.continuo.config.Profile;
import dev.continuo.config.TransportProfile;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class ChunkSourceTest {
    private static final int FRAME_BYTES = 1024;

    @Test
    void chunksStayWithinTheLimitsOfBothArms() {
        final Profile profile = LoopCase.profile("arx-sim", 0, Path.of("/somewhere"));
        final MemoryBus bus = new MemoryBus(FRAME_BYTES);
        final BusSubscription chunks = bus.subscription(StreamId.ACTION_CHUNK);
        try (ChunkSource source = new ChunkSource(profile, bus)) {
            for (int i = 0; i < 20; i++) {
                source.publish(1_000_000_000L + i * source.periodNanos());
                assertEquals(1, chunks.poll((buffer, offset, _) -> check(profile, buffer, offset), 1));
            }
        }
    }

    private static void check(final Profile profile, final DirectBuffer buffer, final int offset) {
        final ActionChunkDecoder chunk = new ActionChunkDecoder().wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
        assertEquals(profile.playback().chunkRows(), chunk.rows());
        assertEquals(profile.columns(), chunk.columns());
        final UnsafeBuffer values = new UnsafeBuffer(0, 0);
        chunk.wrapValues(values);
        for (int i = 0; i < values.capacity() / Float.BYTES; i++) {
            final int axis = i % DriverProfile.Arx.AXES;
            final AxisLimits limits = profile.arms().getFirst().limits();
            final float value = values.getFloat(i * Float.BYTES, ByteOrder.LITTLE_ENDIAN);
            assertTrue(value > limits.minimum().at(axis) && value < limits.maximum().at(axis), "axis " + axis + " at " + value);
        }
    }

    @Test
    void aCaseSurvivesItsCommandLine() {
        final LoopCase loop = new LoopCase("arx-sim", 250, true, 3, 7, 1_500_000_000L);
        assertEquals(loop, LoopCase.of(loop.arguments().toArray(new String[0])));
    }

    @Test
    void theMeasuredCellIsNotTheServicesOwn() {
        final Path folder = Path.of("/somewhere");
        final Profile profile = LoopCase.profile("arx-sim", 250, folder);
        for (final ArmProfile arm : profile.arms()) {
            assertEquals(250, arm.rateHz());
            assertEquals(folder, ((TransportProfile.LocalSocket) arm.arx().transport()).path().getParent());
        }
        assertEquals(folder, profile.bus().directory().getParent());
    }
}
