package dev.continuo.perception;

import java.util.concurrent.atomic.AtomicLong;

/** What became of a camera's pictures; written by the camera, read by any thread. */
public final class CameraCounts {
    /** Pictures that were received, good or not. */
    public final AtomicLong received = new AtomicLong();
    /** Pictures that a newer one replaced before they were taken; 0 for a source that makes one when it is asked. */
    public final AtomicLong dropped = new AtomicLong();
    /** Pictures that could not be decoded, or broken parts of the stream. */
    public final AtomicLong corrupt = new AtomicLong();
    /** Pictures that repeat the one before: a frozen source. They are never delivered. */
    public final AtomicLong repeated = new AtomicLong();
    /** Times that the connection was made anew after it was lost. */
    public final AtomicLong reconnects = new AtomicLong();
}
