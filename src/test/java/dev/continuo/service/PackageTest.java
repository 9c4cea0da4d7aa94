package dev.continuo.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code mvn package} leaves for robot computers: unpacked, it runs, and writes nothing into its own folder. */
@Timeout(180)
class PackageTest {
    private static final Path BUILT = LaunchedService.HOME.resolve("packaging/target");

    @TempDir
    private Path folder;

    private static Path built(final String ending) throws IOException {
        try (Stream<Path> files = Files.list(BUILT)) {
            return files.filter(file -> file.toString().endsWith(ending)).findFirst().orElseThrow();
        }
    }

    private String call(final String... command) throws IOException, InterruptedException {
        final ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("CONTINUO_STATE", folder.resolve("state").toString());
        final Process process = builder.start();
        final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said;
    }

    private void assertRuns(final Path home) throws Exception {
        final List<String> before = content(home);
        assertTrue(call(home.resolve("continuo").toString(), "config").contains("web.port = 8460"));
        call(home.resolve("continuo").toString(), "reason", "--image", LaunchedService.HOME.resolve("docs/images/cell.jpg").toString(), "--instruction", "What is on the table?");
        assertEquals(before, content(home));
        assertTrue(Files.exists(folder.resolve("state/logs/continuo-tool.log")));
    }

    private static List<String> content(final Path home) throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            return files.map(Path::toString).sorted().toList();
        }
    }

    @Test
    void theTarballRuns() throws Exception {
        call("tar", "-xzf", built(".tar.gz").toString(), "-C", folder.toString());
        try (Stream<Path> unpacked = Files.list(folder)) {
            assertRuns(unpacked.filter(path -> path.getFileName().toString().startsWith("continuo-")).findFirst().orElseThrow());
        }
    }

    @Test
    void theDebianPackageRuns() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/dpkg-deb")), "dpkg is not installed");
        final Path deb = built(".deb");
        call("dpkg-deb", "--extract", deb.toString(), folder.resolve("root").toString());
        assertRuns(folder.resolve("root/usr/lib/continuo"));
        assertEquals(Path.of("/usr/lib/continuo/continuo"), Files.readSymbolicLink(folder.resolve("root/usr/bin/continuo")));
        assertTrue(Files.readString(folder.resolve("root/usr/lib/systemd/system/continuo@.service")).contains("ExecStart=/usr/lib/continuo/continuo run --profile %i"));
        call("dpkg-deb", "--control", deb.toString(), folder.resolve("control").toString());
        assertEquals("/etc/continuo/site.conf", Files.readString(folder.resolve("control/conffiles")).strip(), "an upgrade keeps it");
    }
}
