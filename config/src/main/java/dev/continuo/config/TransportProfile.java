package dev.continuo.config;

import java.nio.file.Path;

/** How CAN frames reach an arm's motors. */
public sealed interface TransportProfile {

    /**
     * A local socket that carries 16-byte Linux {@code can_frame} records: the simulated cell.
     *
     * @param path the Unix-domain socket that the cell listens on
     */
    record LocalSocket(Path path) implements TransportProfile {
    }

    /**
     * A serial-line CAN adapter (Lawicel ASCII), as ARX ships them.
     *
     * @param tty         the adapter's device, best by a udev name that carries its serial number
     * @param batchFrames frames written at once; 0 writes a whole cycle's
     */
    record Slcan(Path tty, int batchFrames) implements TransportProfile {
    }

    /**
     * A CAN interface of the kernel (SocketCAN).
     *
     * @param interfaceName as {@code ip link} lists it
     */
    record SocketCan(String interfaceName) implements TransportProfile {
    }
}
