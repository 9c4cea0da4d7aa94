package dev.continuo.perception.v4l2;

import dev.continuo.config.ProfileException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A camera of this computer as a profile names it: {@code v4l2:/dev/video0}, or better by what does not change with the order of plugging,
 * {@code v4l2:/dev/v4l/by-id/usb-…-video-index0}, with {@code ?size=640x480&format=yuyv&rate=30&half=left} behind it, each of which may be left out.
 *
 * @param device the device
 * @param width  pixels that the camera is asked for; what it gives may be others
 * @param height pixels that the camera is asked for
 * @param format asked for
 * @param rateHz pictures per second asked for; 0 for what it is set to
 * @param half   which half of the picture is used: of a stereo camera that sends both eyes side by side, one
 */
public record V4l2Source(Path device, int width, int height, PixelFormat format, int rateHz, Half half) {
    /** The scheme of such addresses. */
    public static final String SCHEME = "v4l2";

    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;
    private static final Pattern SIZE = Pattern.compile("(\\d{2,4})x(\\d{2,4})");
    private static final Pattern RATE = Pattern.compile("\\d{1,3}");

    /** Which part of the picture is used. */
    public enum Half {
        /** All of it. */
        WHOLE,
        /** The left half. */
        LEFT,
        /** The right half. */
        RIGHT
    }

    /**
     * Reads an address.
     *
     * @param camera the camera's name in the profile, for messages
     * @throws ProfileException when it is none
     */
    public static V4l2Source of(final String camera, final URI address) {
        final String rest = address.getRawSchemeSpecificPart();
        final int mark = rest.indexOf('?');
        final String path = (mark < 0 ? rest : rest.substring(0, mark)).replaceFirst("^//(?=/)", "");
        V4l2Source source = new V4l2Source(Path.of(path), WIDTH, HEIGHT, PixelFormat.YUYV, 0, Half.WHOLE);
        if (!path.startsWith("/")) {
            throw wrong(camera, address, "names no device such as v4l2:/dev/video0");
        }
        for (final String option : mark < 0 ? new String[0] : rest.substring(mark + 1).split("&")) {
            source = source.with(camera, address, option);
        }
        return source;
    }

    private V4l2Source with(final String camera, final URI address, final String option) {
        final int equals = option.indexOf('=');
        final String value = option.substring(equals + 1);
        switch (equals < 0 ? option : option.substring(0, equals)) {
            case "size" -> {
                final Matcher size = SIZE.matcher(value);
                if (!size.matches()) {
                    throw wrong(camera, address, "size is like 640x480, not " + value);
                }
                return new V4l2Source(device, Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2)), format, rateHz, half);
            }
            case "format" -> {
                final Optional<PixelFormat> wanted = PixelFormat.named(value);
                return new V4l2Source(device, width, height,
                    wanted.orElseThrow(() -> wrong(camera, address, "format is yuyv or mjpg, not " + value)), rateHz, half);
            }
            case "rate" -> {
                if (!RATE.matcher(value).matches()) {
                    throw wrong(camera, address, "rate is a number of pictures per second, not " + value);
                }
                return new V4l2Source(device, width, height, format, Integer.parseInt(value), half);
            }
            case "half" -> {
                if (!value.equals("left") && !value.equals("right")) {
                    throw wrong(camera, address, "half is left or right, not " + value);
                }
                return new V4l2Source(device, width, height, format, rateHz, value.equals("left") ? Half.LEFT : Half.RIGHT);
            }
            default -> throw wrong(camera, address, "has an option " + option + ", but there are size, format, rate and half");
        }
    }

    private static ProfileException wrong(final String camera, final URI address, final String what) {
        return new ProfileException("camera " + camera + ": source " + address + ' ' + what);
    }
}
