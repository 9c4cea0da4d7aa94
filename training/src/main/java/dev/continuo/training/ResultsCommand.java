package dev.continuo.training;

import dev.continuo.config.Profile;
import dev.continuo.config.ProfileReader;
import dev.continuo.training.evaluation.ResultsFolder;
import dev.continuo.training.evaluation.ResultsPage;
import dev.continuo.training.evaluation.TrialPicture;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code results}: evaluates every policy that has weights, as far as that was not done, and writes docs/results.md. */
@Command(name = "results", description = "Evaluate all policies and write docs/results.md; what was measured with the same weights is kept.",
    mixinStandardHelpOptions = true)
final class ResultsCommand implements Callable<Integer> {
    /** An addition, a subtraction, a multiplication and a division. */
    private static final List<Integer> PICTURED = List.of(7, 20, 33, 40);

    @Option(names = "--seeds", paramLabel = "N", split = ",", defaultValue = "1,2,3", description = "seeds of the trials (default ${DEFAULT-VALUE})")
    private List<Long> seeds;

    @Option(names = "--profile", paramLabel = "NAME|FILE", description = "the cell of math matching (default ${DEFAULT-VALUE})", defaultValue = "arx-sim")
    private String profile;

    @Option(names = "--toys-profile", paramLabel = "NAME|FILE", description = "the cell of toy placement (default ${DEFAULT-VALUE})", defaultValue = "franka-sim")
    private String toys;

    @Option(names = "--python", paramLabel = "FILE", description = "an interpreter with rapidocr-onnxruntime (default ${DEFAULT-VALUE})",
        defaultValue = "python3")
    private String python;

    @Override
    public Integer call() {
        final Path home = Path.of(System.getProperty("continuo.home", "."));
        final Profile cell = ProfileReader.read(profile);
        final Path shipped = home.resolve(cell.model().directory());
        final Path folder = home.resolve("docs/results");
        final ResultsFolder results = new ResultsFolder(folder, shipped, cell, ProfileReader.read(toys), seeds, python);
        final List<Path> pictures = TrialPicture.write(cell, shipped, seeds.getFirst(), PICTURED, folder.resolve("pictures"));
        final ResultsPage page = new ResultsPage(results);
        final Runnable write = () -> page.write(home.resolve("docs/results.md"), pictures);
        results.complete(System.out, write);
        write.run();
        return CommandLine.ExitCode.OK;
    }
}
