package dev.continuo.sensors.bota;

import dev.continuo.config.ProfileException;
import dev.continuo.config.SensorProfile;
import dev.continuo.hardware.linux.RawDescriptor;
import dev.continuo.hardware.linux.Tty;
import dev.continuo.perception.sensor.Sensor;
import dev.continuo.perception.sensor.SensorKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.agrona.concurrent.NanoClock;

/**
 * Kind {@code bota-serial}: a six-axis force-torque sensor of Bota Systems on a serial line of 460,800 baud.
 *
 * <p>Settings: {@code device}, for example {@code /dev/ttyUSB0}; {@code sinc-length}, the length of its filter, 51 to 512: it gives 51,200 readings a second divided by that, 800 with the usual 64.
 */
public final class BotaSerial implements SensorKind {
    private static final int BAUD = 460_800;
    private static final int SHORTEST = 51;
    private static final int LONGEST = 512;
    private static final String USUAL = "64";

    @Override
    public String name() {
        return "bota-serial";
    }

    @Override
    public List<String> channels(final SensorProfile profile) {
        return List.of("fx N", "fy N", "fz N", "tx Nm", "ty Nm", "tz Nm");
    }

    @Override
    public Sensor open(final SensorProfile profile, final NanoClock clock) {
        final Path device = Path.of(profile.settings().text("device"));
        final int sincLength = profile.settings().whole("sinc-length", USUAL, SHORTEST, LONGEST);
        final RawDescriptor line;
        try {
            line = Tty.open(device, BAUD);
        } catch (final ProfileException absent) {
            throw new UncheckedIOException(absent.getMessage(), new IOException(absent));
        }
        try {
            BotaSetup.run(line, device, sincLength, clock);
            return new BotaSensor(line, device, clock);
        } catch (final UncheckedIOException silent) {
            line.close();
            throw silent;
        }
    }
}
