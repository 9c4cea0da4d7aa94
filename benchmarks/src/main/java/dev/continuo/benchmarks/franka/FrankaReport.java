package dev.continuo.benchmarks.franka;

import dev.continuo.benchmarks.Circumstances;
import dev.continuo.benchmarks.Percentiles;
import dev.continuo.benchmarks.Table;
import java.util.List;
import java.util.Locale;

/**
 * What {@code bench franka} found.
 *
 * @param circumstances under what
 * @param realTime      what came of asking for SCHED_FIFO, or how to permit it
 * @param loadThreads   busy tensor threads beside the loop
 * @param clients       ours, and the C program where it was measured
 */
public record FrankaReport(Circumstances circumstances, String realTime, int loadThreads, List<ClientFigures> clients) {

    /** For people. */
    String text() {
        final Table table = new Table("client", "rounds", "cycles", "in time %", "lowest %", "lost", "reflexes", "bytes/cycle", "state to command p50",
            "p99", "p99.9", "max");
        for (final ClientFigures client : clients) {
            final Percentiles answer = client.stateToCommand();
            table.row(List.of(client.client(), Integer.toString(client.rounds()), Long.toString(client.cycles()),
                String.format(Locale.ROOT, "%.2f", 100 * client.successRate()), String.format(Locale.ROOT, "%.0f", 100 * client.lowestSuccessRate()),
                Long.toString(client.lost()), Long.toString(client.reflexes()),
                client.allocatedBytes() < 0 ? "-" : String.format(Locale.ROOT, "%.2f", (double) client.allocatedBytes() / Math.max(1, client.cycles())),
                Percentiles.text(answer.p50()), Percentiles.text(answer.p99()), Percentiles.text(answer.p999()), Percentiles.text(answer.max())));
        }
        final String ratio = clients.size() < 2 ? "" : String.format(Locale.ROOT, "%nstate to command p99.9: ours over C %.2f%n",
            (double) clients.get(0).stateToCommand().p999() / clients.get(1).stateToCommand().p999());
        return String.format(Locale.ROOT, "1 kHz over the Franka Control Interface, version 10, with the simulated FR3 in another process, "
            + "beside %s%n%s%nreal time: %s%n%n", loadThreads == 0 ? "nothing" : loadThreads + " busy tensor threads", circumstances.text(), realTime)
            + table.render() + ratio;
    }
}
