package dev.continuo.supervision.command;

import java.io.IOException;
import picocli.CommandLine.Command;

/** {@code continuo record}: the whole service, and every message on its bus kept. */
@Command(name = "record", mixinStandardHelpOptions = true, description = {
    "Start the service as 'run' does, and keep every message on its bus: pictures, states, reasonings, chunks, events.",
    "'continuo episodes' lists what was kept; 'recording' in a profile says where."})
final class RecordCommand extends RunCommand {

    @Override
    public Integer call() throws IOException {
        change("recording.enabled=true");
        return super.call();
    }
}
