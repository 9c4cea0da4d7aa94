package dev.continuo.hardware.arx;

import java.util.Locale;

/** Puts what is known of an arm's motors into words. */
final class ArxReport {
    private ArxReport() {
    }

    static String of(final ArxModel model, final MotorLink[] links) {
        final StringBuilder text = new StringBuilder("ARX ").append(model.name().toUpperCase(Locale.ROOT));
        for (final MotorLink link : links) {
            text.append('\n').append(line(link));
        }
        return text.toString();
    }

    private static String line(final MotorLink link) {
        final MotorRanges ranges = link.ranges;
        final String source = switch (link.identity) {
            case UNKNOWN -> "not asked yet";
            case TOLD -> "told by the motor";
            case ASSUMED -> "ASSUMED: the motor did not tell; torques may be off in scale";
            case MISSING -> "the motor does not answer";
        };
        return String.format(Locale.ROOT, "%s: +-%.2f rad, +-%.1f rad/s, +-%.1f Nm, %s%s, %d C", link.motor.describe(),
            ranges.position(), ranges.velocity(), ranges.torque(), source,
            link.timeoutRefused ? ", did not take the time-out" : "", link.celsius);
    }
}
