package dev.continuo.supervision.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.supervision.cluster.RoleName;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RoleProcessTest {

    @Test
    void aRoleIsStartedWithTheSameClassPathAndWithoutThisProcesssHeap() {
        final List<String> command = new RoleProcess(RoleName.CELL, List.of("--profile", "arx-sim")).command(3);
        final String line = String.join(" ", command);
        assertTrue(line.endsWith("dev.continuo.supervision.Continuo role cell --profile arx-sim --incarnation 3"), line);
        assertTrue(command.contains(System.getProperty("java.class.path")));
        assertFalse(command.stream().anyMatch(flag -> flag.startsWith("-Xmx")), line);
        assertTrue(command.contains("--enable-native-access=ALL-UNNAMED"), line);
    }

    @Test
    void theBrainYieldsToTheControlLoops() {
        final List<String> command = new RoleProcess(RoleName.BRAIN, List.of()).command(1);
        assertEquals(List.of("-n", "5"), command.subList(1, 3));
    }

    @Test
    void aChildEndsWithItsParentsPipe() throws Exception {
        final CountDownLatch orphaned = new CountDownLatch(1);
        try (PipedOutputStream parent = new PipedOutputStream(); PipedInputStream child = new PipedInputStream(parent)) {
            ParentWatch.start(child, orphaned::countDown);
            parent.write('x');
            parent.flush();
            assertFalse(orphaned.await(100, TimeUnit.MILLISECONDS));
            parent.close();
            assertTrue(orphaned.await(5, TimeUnit.SECONDS));
        }
    }
}
