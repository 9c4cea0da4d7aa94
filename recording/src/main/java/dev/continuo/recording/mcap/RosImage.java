package dev.continuo.recording.mcap;

import java.util.List;
import org.agrona.DirectBuffer;

/** {@code sensor_msgs/msg/Image}: one picture, uncompressed, red, green and blue. */
public final class RosImage {
    /** The type. */
    public static final RosType TYPE = new RosType("sensor_msgs/msg/Image", """
        std_msgs/Header header
        uint32 height
        uint32 width
        string encoding
        uint8 is_bigendian
        uint32 step
        uint8[] data
        """, List.of(RosHeader.TYPE));

    private static final String ENCODING = "rgb8";
    private static final int PIXEL_BYTES = 3;

    private RosImage() {
    }

    /**
     * Encodes a message.
     *
     * @param to         begun anew
     * @param stampNanos when the picture was exposed, nanoseconds since the epoch
     * @param frameId    the camera
     * @param width      pixels
     * @param height     pixels
     * @param pixels     where the picture is: rows from the top, three bytes R, G, B a pixel, no padding
     * @param offset     its first byte
     * @throws IllegalArgumentException if ROS 2 has no room for the stamp
     */
    public static void write(final CdrWriter to, final long stampNanos, final String frameId, final int width, final int height,
        final DirectBuffer pixels, final int offset) {
        final int rowBytes = Math.multiplyExact(width, PIXEL_BYTES);
        RosHeader.write(to.begin(), stampNanos, frameId);
        to.uint32(height).uint32(width).string(ENCODING).bool(false).uint32(rowBytes).uint8s(pixels, offset, Math.multiplyExact(rowBytes, height));
    }
}
