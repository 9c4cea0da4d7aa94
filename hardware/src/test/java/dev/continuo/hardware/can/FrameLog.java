package dev.continuo.hardware.can;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Writes received frames down as {@code ID#DATA}. */
public final class FrameLog implements CanFrameHandler {
    private final List<String> frames = new ArrayList<>();

    @Override
    public void onFrame(final int id, final long data, final int length, final long receivedNanos) {
        frames.add("%03X#%s".formatted(id, HexFormat.of().withUpperCase().toHexDigits(data).substring(0, 2 * length)));
    }

    /** The frames so far. */
    public List<String> frames() {
        return frames;
    }
}
