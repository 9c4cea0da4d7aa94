package dev.continuo.proving.fuzz;

import dev.continuo.sensors.bota.BotaFrames;
import java.util.function.Consumer;

/** A force sensor's serial line. */
final class BotaFuzz implements Consumer<byte[]> {
    @Override
    public void accept(final byte[] input) {
        final BotaFrames frames = new BotaFrames();
        for (final byte next : input) {
            if (frames.accept(next)) {
                frames.wrench();
                frames.isInvalid();
                frames.isRaw();
            }
        }
    }
}
