package dev.continuo.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A page of {@code docs/} that says how to add something, to be followed word by word.
 *
 * @param page   the file's name
 * @param folder where it is followed
 */
record Tutorial(String page, Path folder) {

    /** What stands between fences in the page. */
    List<String> block(final String fence) throws IOException {
        return Files.readAllLines(LaunchedService.HOME.resolve("docs").resolve(page)).stream().dropWhile(line -> !line.equals(fence)).skip(1).takeWhile(line -> !line.equals("```")).toList();
    }

    /** Calls the launcher. */
    void continuo(final String... arguments) throws Exception {
        final String[] command = new String[arguments.length + 1];
        command[0] = LaunchedService.HOME.resolve("continuo").toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        call(command);
    }

    /** Calls a command in the folder; it must succeed. */
    void call(final String... command) throws Exception {
        final ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment());
        final Process process = builder.start();
        final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
    }

    /**
     * Starts the service in one process, which plays within half the time that three take to start.
     *
     * @param options what follows the profile
     */
    LaunchedService run(final Path profile, final String... options) {
        return run(profile, List.of("--single-process"), List.of(options));
    }

    /** Starts the service as a user does: a process for each role. */
    LaunchedService runInProcesses(final Path profile, final String... options) {
        return run(profile, List.of(), List.of(options));
    }

    private LaunchedService run(final Path profile, final List<String> way, final List<String> options) {
        final List<String> arguments = new ArrayList<>(List.of("run", "--profile", profile.toString()));
        arguments.addAll(way);
        arguments.addAll(options);
        final Map<String, String> environment = new HashMap<>(environment());
        if (!way.isEmpty()) {
            // The heap of all three.
            environment.put("CONTINUO_JAVA_OPTS", "-Xmx2g");
        }
        return LaunchedService.start(folder, environment, arguments.toArray(String[]::new));
    }

    /** Plugins are the folder's own. */
    Map<String, String> environment() {
        return Map.of("CONTINUO_NO_BUILD", "1", "CONTINUO_PLUGINS", folder.resolve("plugins").toString());
    }
}
