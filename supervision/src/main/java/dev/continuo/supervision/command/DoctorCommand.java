package dev.continuo.supervision.command;

import dev.continuo.config.Profile;
import dev.continuo.config.ProfileReader;
import dev.continuo.supervision.doctor.Finding;
import dev.continuo.supervision.doctor.MachineCheck;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code continuo doctor}: what the machine lacks for real-time work, and how to get it. */
@Command(name = "doctor", description = "Check JDK, real-time scheduling, memory locking, CPU governor, shared memory, natives, ports, cameras and CAN interfaces.",
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--profile", paramLabel = "NAME|FILE", defaultValue = "arx-sim",
        description = "whose ports and folders to check (default: ${DEFAULT-VALUE})")
    private String profile;

    @Override
    public Integer call() {
        final Profile read = ProfileReader.read(profile);
        final List<Finding> findings = MachineCheck.run(read, Installation.resolve(read.model().directory()), Installation.runs());
        final PrintWriter out = spec.commandLine().getOut();
        findings.forEach(finding -> {
            out.printf("%-4s  %-22s %s%n", finding.ok() ? "ok" : "warn", finding.subject(), finding.found());
            if (!finding.ok()) {
                out.printf("      %-22s -> %s%n", "", finding.remedy());
            }
        });
        final long warnings = findings.stream().filter(finding -> !finding.ok()).count();
        out.println(warnings == 0 ? "all is well" : warnings + (warnings == 1 ? " warning" : " warnings")
            + ": the service runs, but with less margin");
        return ExitStatus.SUCCESS;
    }
}
