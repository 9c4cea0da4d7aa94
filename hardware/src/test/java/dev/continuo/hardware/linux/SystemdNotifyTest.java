package dev.continuo.hardware.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class SystemdNotifyTest {
    private static final Path PYTHON = Path.of("/usr/bin/python3");
    /** What systemd does, by another hand. */
    private static final String LISTENER = """
        import socket, sys
        name = sys.argv[1]
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        listener.bind('\\0' + name[1:] if name.startswith('@') else name)
        print('bound', flush=True)
        for _ in range(3):
            print(repr(listener.recv(4096).decode()), flush=True)
        """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"path", "abstract"})
    void whatIsToldIsHeard(final String kind) throws Exception {
        assumeTrue(Files.isExecutable(PYTHON), "python3 is not installed");
        final String socket = kind.equals("path") ? folder.resolve("notify").toString() : "@continuo-test-" + ProcessHandle.current().pid();
        final Process listener = new ProcessBuilder(PYTHON.toString(), "-c", LISTENER, socket).redirectErrorStream(true).start();
        try (BufferedReader heard = new BufferedReader(new InputStreamReader(listener.getInputStream(), StandardCharsets.UTF_8));
            SystemdNotify systemd = SystemdNotify.to(socket).orElseThrow()) {
            assertEquals("bound", heard.readLine());
            systemd.ready();
            systemd.alive("playing\ntrial 3 “4+8”");
            systemd.stopping();
            assertEquals("'READY=1'", heard.readLine());
            assertEquals("'WATCHDOG=1\\nSTATUS=playing trial 3 “4+8”'", heard.readLine());
            assertEquals("'STOPPING=1'", heard.readLine());
        } finally {
            listener.destroyForcibly();
        }
    }

    @Test
    void nobodyListensOrNobodyAsked() {
        assertTrue(SystemdNotify.to(null).isEmpty());
        assertTrue(SystemdNotify.to("").isEmpty());
        assertTrue(SystemdNotify.to("relative").isEmpty());
        assertTrue(SystemdNotify.to("/" + "x".repeat(200)).isEmpty());
        try (SystemdNotify systemd = SystemdNotify.to(folder.resolve("nobody").toString()).orElseThrow()) {
            systemd.ready();
        }
    }
}
