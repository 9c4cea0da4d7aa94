package dev.continuo.supervision.doctor;

import java.nio.file.Path;

/** Whether a thread may be given real-time priority. */
final class RealTimeCheck {
    private RealTimeCheck() {
    }

    static Finding scheduling() {
        return Finding.ok("real-time scheduling", new MachineFiles(Path.of("/")).limit("Max realtime priority").orElse("unknown"));
    }
}
