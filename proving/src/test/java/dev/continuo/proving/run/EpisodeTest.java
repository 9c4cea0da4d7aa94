package dev.continuo.proving.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.proving.fault.FaultScript;
import dev.continuo.proving.service.Sabotage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EpisodeTest {
    @TempDir
    private Path folder;

    @Test
    void withoutFaultsItStartsAndPlays() {
        final List<String> lines = new ArrayList<>();
        final long begin = System.nanoTime();
        final Episode.Result result = new Episode(1, FaultScript.none(), Sabotage.NONE).run(folder, lines::add);
        System.out.println(result.seconds() + " s in " + (System.nanoTime() - begin) * 1e-9);
        lines.forEach(System.out::println);
        assertTrue(result.isGood(), result.toString());
    }
}
