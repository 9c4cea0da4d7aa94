package dev.continuo.supervision.command;

import dev.continuo.config.Setting;
import dev.continuo.supervision.roles.Plugins;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code continuo config}: what the service would run with, and who says so. */
@Command(name = "config", mixinStandardHelpOptions = true,
    description = "Print every value of a profile as it would be used, each with the file and line that it comes from.")
final class ConfigCommand implements Callable<Integer> {
    private static final int WIDEST = 80;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ProfileOptions profile;

    @Override
    public Integer call() {
        final List<Setting> settings = profile.settings();
        Plugins.require(profile.read());
        final int width = settings.stream().mapToInt(setting -> line(setting).length()).filter(length -> length <= WIDEST).max().orElse(0);
        final PrintWriter out = spec.commandLine().getOut();
        settings.forEach(setting -> out.printf("%-" + Math.max(1, width) + "s  # %s%n", line(setting), setting.origin()));
        return ExitStatus.SUCCESS;
    }

    private static String line(final Setting setting) {
        return setting.key() + " = " + setting.value();
    }
}
