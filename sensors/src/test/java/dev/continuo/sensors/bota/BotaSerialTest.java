package dev.continuo.sensors.bota;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.config.PluginSettings;
import dev.continuo.config.ProfileException;
import dev.continuo.config.SensorProfile;
import dev.continuo.perception.sensor.Sensor;
import dev.continuo.perception.sensor.SensorReading;
import dev.continuo.perception.sensor.Sensors;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A whole sensor at the other end of a pseudo-terminal. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class BotaSerialTest {
    private final SensorReading reading = new SensorReading(6);

    private static SensorProfile profile(final Map<String, String> settings) {
        return new SensorProfile("wrist", "bota-serial", 800, 20_000_000L, new PluginSettings("sensor wrist", settings));
    }

    private static Sensor open(final BotaPeer peer) {
        return Sensors.open(profile(Map.of("device", peer.path().toString())), SystemNanoClock.INSTANCE);
    }

    private boolean await(final Sensor sensor, final double fx) throws InterruptedException {
        final long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (!(sensor.poll(reading) && reading.values()[0] == fx)) {
            if (System.nanoTime() > until) {
                return false;
            }
            Thread.sleep(1);
        }
        return true;
    }

    @Test
    void isSetUpAndRead() throws Exception {
        try (BotaPeer peer = new BotaPeer(); Sensor sensor = open(peer)) {
            assertEquals(List.of("C", "c,0,1,0,4", "f,64,0,0,1", "R"), peer.commands().stream().distinct().toList());
            peer.feel(1, -2, 3.5, 0.25, -0.5, 0.75);
            assertTrue(await(sensor, 1));
            assertArrayEquals(new double[] {1, -2, 3.5, 0.25, -0.5, 0.75}, reading.values());
            assertTrue(System.nanoTime() - reading.observedAtNanos < TimeUnit.SECONDS.toNanos(1));
            peer.status(4);
            peer.feel(7, 0, 0, 0, 0, 0);
            Thread.sleep(100);
            sensor.poll(reading);
            Thread.sleep(50);
            assertFalse(sensor.poll(reading), "the sensor calls it invalid");
            peer.status(2);
            assertTrue(await(sensor, 7), "beyond its range");
            peer.status(8);
            Thread.sleep(50);
            final String why = assertThrows(UncheckedIOException.class, () -> await(sensor, -1)).getMessage();
            assertTrue(why.contains("raw values"), why);
        }
    }

    @Test
    void isOpenedAgainAfterItsPowerWasCut() throws Exception {
        try (BotaPeer peer = new BotaPeer()) {
            open(peer).close();
            final int told = peer.commands().size();
            peer.feel(5, 0, 0, 0, 0, 0);
            try (Sensor again = open(peer)) {
                assertTrue(peer.commands().size() > told);
                assertTrue(await(again, 5));
            }
        }
    }

    @Test
    void whatIsNotThereIsTold() throws Exception {
        final String absent = assertThrows(UncheckedIOException.class,
            () -> Sensors.open(profile(Map.of("device", "/dev/ttyUSB77")), SystemNanoClock.INSTANCE)).getMessage();
        assertTrue(absent.contains("/dev/ttyUSB77") && absent.contains("does not exist"), absent);
        try (BotaPeer peer = new BotaPeer()) {
            peer.silence(true);
            final String silent = assertThrows(UncheckedIOException.class, () -> open(peer)).getMessage();
            assertTrue(silent.contains(peer.path() + ": no force-torque sensor answers"), silent);
        }
    }

    @Test
    void aSensorThatIsPulledIsGone() throws Exception {
        final BotaPeer peer = new BotaPeer();
        try (Sensor sensor = open(peer)) {
            peer.close();
            assertThrows(UncheckedIOException.class, () -> await(sensor, -1));
        }
    }

    @Test
    void settingsThatCannotWorkAreTold() {
        assertEquals("sensor wrist: missing key settings.device", assertThrows(ProfileException.class,
            () -> Sensors.open(profile(Map.of()), SystemNanoClock.INSTANCE)).getMessage());
        assertEquals("sensor wrist: settings.sinc-length must be from 51 to 512, is 8", assertThrows(ProfileException.class,
            () -> Sensors.open(profile(Map.of("device", "none", "sinc-length", "8")), SystemNanoClock.INSTANCE)).getMessage());
    }
}
