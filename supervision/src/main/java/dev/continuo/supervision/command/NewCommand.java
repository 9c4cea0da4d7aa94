package dev.continuo.supervision.command;

import dev.continuo.config.ProfileException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code continuo new sensor|camera|arm|policy|task NAME}: the beginning of one of these, which compiles and runs as it is. */
@Command(name = "new", mixinStandardHelpOptions = true, description = {
    "Make a folder with the beginning of a sensor, camera, arm, policy or task of your own: a class, a script that builds it, a profile that has it.",
    "It runs as it is; docs/add-a-sensor.md, add-a-camera.md, add-an-arm.md, add-a-policy.md and add-a-task.md go on from there."})
final class NewCommand implements Callable<Integer> {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final List<String> KINDS = List.of("sensor", "camera", "arm", "policy", "task");
    private static final String PACKAGE = "plugin";

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "WHAT", description = "sensor, camera, arm, policy or task")
    private String what;

    @Parameters(index = "1", paramLabel = "NAME", description = "its kind, in small letters and hyphens: force-torque; also the folder that is made")
    private String name;

    @Override
    public Integer call() {
        if (!KINDS.contains(what)) {
            throw new ParameterException(spec.commandLine(), "no beginning of a " + what + " is known: " + String.join(", ", KINDS));
        }
        if (!NAME.matcher(name).matches()) {
            throw new ParameterException(spec.commandLine(), name + " is no name: small letters, digits and hyphens, as in force-torque");
        }
        final Path folder = Path.of(name).toAbsolutePath();
        if (Files.exists(folder)) {
            throw new ProfileException(folder + " is there already");
        }
        write(folder.resolve(className() + ".java"), "Code.java.txt");
        final Path build = write(folder.resolve("build.sh"), "build.sh.txt");
        final Path profile = write(folder.resolve(name + ".conf"), "profile.conf.txt");
        if (!build.toFile().setExecutable(true)) {
            throw new ProfileException(build + " cannot be made executable");
        }
        final PrintWriter out = spec.commandLine().getOut();
        out.println("made " + folder + "; try it:");
        out.println("  " + build);
        out.println("  " + Installation.home().resolve("continuo") + " run --profile " + profile);
        return ExitStatus.SUCCESS;
    }

    private String className() {
        return Arrays.stream(name.split("-")).map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1)).collect(Collectors.joining());
    }

    private Path write(final Path file, final String template) {
        try (InputStream text = NewCommand.class.getResourceAsStream(what + "/" + template)) {
            Files.createDirectories(file.getParent());
            return Files.writeString(file, new String(text.readAllBytes(), StandardCharsets.UTF_8).replace("@NAME@", name).replace("@CLASS@", className())
                .replace("@PACKAGE@", PACKAGE).replace("@HOME@", Installation.home().toString()));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
