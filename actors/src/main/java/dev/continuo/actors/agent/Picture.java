package dev.continuo.actors.agent;

import dev.continuo.actors.message.CameraFrameDecoder;
import dev.continuo.actors.message.MessageHeaderDecoder;
import org.agrona.DirectBuffer;

/**
 * One picture as the model is shown it: a mutable holder that its owner fills again and again.
 */
public final class Picture {
    private final CameraFrameDecoder frame = new CameraFrameDecoder();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();

    /** Rows from the top, three bytes R, G, B a pixel; may be longer than the picture. */
    public byte[] rgb = new byte[0];
    /** Pixels in a row. */
    public int width;
    /** Rows. */
    public int height;
    /** Best estimate of the exposure, nanoseconds of the monotonic clock. */
    public long observedAtNanos;
    /** When the last byte of the picture reached this machine. */
    public long capturedAtNanos;

    /** The bytes that the picture takes. */
    public int length() {
        return width * height * 3;
    }

    /** Makes the picture this large; allocates only when it grows. */
    public void resize(final int newWidth, final int newHeight) {
        width = newWidth;
        height = newHeight;
        if (rgb.length < length()) {
            rgb = new byte[length()];
        }
    }

    /** Takes the picture from a checked CameraFrame message at the buffer's start. */
    void read(final DirectBuffer message) {
        frame.wrapAndApplyHeader(message, 0, header);
        resize(frame.width(), frame.height());
        observedAtNanos = frame.observedAtNanos();
        capturedAtNanos = frame.capturedAtNanos();
        frame.getPixels(rgb, 0, length());
    }
}
