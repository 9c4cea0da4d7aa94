package dev.continuo.simulation.kernel;

import static dev.continuo.simulation.kernel.KernelChecks.run;
import static dev.continuo.simulation.kernel.KernelChecks.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.hardware.can.CanInterfaces;
import dev.continuo.hardware.can.SlcanAdapter;
import dev.continuo.hardware.can.SocketCanBus;
import dev.continuo.hardware.linux.Pty;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The kernel's own slcan on a terminal whose other end is our adapter: how {@code slcand} makes an interface of an adapter that ARX ships. */
final class SlcanChecks {
    private static final String BUS = "slcantest";
    private static final int ONE_MEGABIT = 8;
    private static final int MANY = 200;

    private SlcanChecks() {
    }

    /** Something that is done with an adapter behind the kernel's slcan. */
    @FunctionalInterface
    private interface Talk {
        void between(SocketCanBus host, SlcanAdapter adapter, Pty pty) throws Exception;
    }

    private static void talk(final Talk talk) throws Exception {
        try (Pty pty = Pty.open(); SlcanAdapter adapter = new SlcanAdapter(pty.device(), false)) {
            final Process daemon;
            try {
                daemon = new ProcessBuilder("slcand", "-F", "-o", "-s8", pty.path().toString(), BUS).inheritIO().start();
            } catch (final java.io.IOException absent) {
                throw new KernelChecks.Skipped(absent.getMessage());
            }
            try {
                until("slcand makes an interface", () -> {
                    adapter.poll((id, data, length, at) -> { }, 0, 64);
                    return exists() && adapter.isConnected();
                });
                run("ip", "link", "set", BUS, "up");
                try (SocketCanBus host = new SocketCanBus(BUS)) {
                    CanChecks.connect(host);
                    talk.between(host, adapter, pty);
                }
            } finally {
                daemon.destroy();
                daemon.waitFor();
            }
        }
        until("the interface goes with its terminal", () -> !exists());
    }

    private static boolean exists() {
        return CanInterfaces.find().stream().anyMatch(found -> found.name().equals(BUS));
    }

    static void slcanOfTheKernelCarriesFrames() throws Exception {
        talk((host, adapter, pty) -> {
            System.out.println("  " + CanInterfaces.find());
            assertEquals(ONE_MEGABIT, adapter.bitRateCode());
            for (int id = 1; id <= 7; id++) {
                assertTrue(host.send(id, 0xFFFF_FFFF_FFFF_FFFCL, 8));
            }
            host.flush();
            final List<String> heard = new ArrayList<>();
            until("the adapter's frames", () -> {
                adapter.poll((id, data, length, at) -> heard.add("%03X#%s".formatted(id, HexFormat.of().withUpperCase().toHexDigits(data))), 0, 64);
                return heard.size() == 7;
            });
            assertEquals("001#FFFFFFFFFFFFFFFC", heard.getFirst());
            assertEquals("007#FFFFFFFFFFFFFFFC", heard.getLast());
            for (int i = 0; i < 7; i++) {
                adapter.send(0, 0x157D_F37F_F7FF_2421L + i, 8);
            }
            adapter.flush();
            assertEquals("000#157DF37FF7FF2427", CanChecks.receive(host, 7).getLast());
            assertEquals(0, host.malformedFrames() + adapter.malformedFrames());
        });
    }

    static void aFullQueueIsTold() throws Exception {
        talk((host, adapter, pty) -> {
            for (int i = 0; i < MANY; i++) {
                host.send(1, i, 8);
                host.flush();
            }
            assertTrue(host.queueFull() > 0 && host.droppedFrames() > 0, host.describe());
            assertTrue(host.isConnected(), host.describe());
            System.out.println("  " + host.describe());
        });
    }

    static void anAdapterIsPulled() throws Exception {
        talk((host, adapter, pty) -> {
            pty.close();
            until("the loss is noticed", () -> {
                host.poll((id, data, length, at) -> { }, System.nanoTime(), 64);
                return !host.isConnected();
            });
            System.out.println("  " + host.describe());
            assertTrue(host.describe().contains("does not exist") || host.describe().contains("is down"), host.describe());
        });
    }
}
