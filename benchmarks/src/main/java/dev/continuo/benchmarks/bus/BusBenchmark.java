package dev.continuo.benchmarks.bus;

import dev.continuo.benchmarks.ChildJvm;
import dev.continuo.benchmarks.Circumstances;
import dev.continuo.benchmarks.Percentiles;
import dev.continuo.supervision.command.RunFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * Round trips over all transports, taken in turns, so that whatever else the machine does meets all of them alike.
 */
final class BusBenchmark implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<String> ECHO_FLAGS = List.of("-XX:+UseSerialGC", "-Xms64m", "-Xmx256m");
    private static final long HIGHEST_NANOS = 60_000_000_000L;
    /** Exchanges at the begin of a slice that do not count: the echo dozed meanwhile. */
    private static final int WAKING_EXCHANGES = 20;

    private final Idle idle;
    private final int[] sizes;
    private final ByteBuffer request;
    private final List<ChildJvm> echoes = new ArrayList<>();
    private final Map<Transport, EchoClient> clients = new EnumMap<>(Transport.class);
    private long stamp;

    /**
     * Starts an echo for each transport and connects to it.
     *
     * @param folder for the media driver; made and removed by it
     * @param sizes  lengths of messages, bytes
     */
    BusBenchmark(final Path folder, final Idle idle, final List<Transport> transports, final int... sizes) throws IOException {
        this.idle = idle;
        this.sizes = sizes.clone();
        int longest = 0;
        for (final int size : sizes) {
            longest = Math.max(longest, size);
        }
        request = ByteBuffer.allocateDirect(longest).order(ByteOrder.nativeOrder());
        boolean connected = false;
        try {
            for (final Transport transport : transports) {
                clients.put(transport, connect(transport, folder, longest));
            }
            connected = true;
        } finally {
            if (!connected) {
                close();
            }
        }
    }

    private EchoClient connect(final Transport transport, final Path folder, final int longest) throws IOException {
        return switch (transport) {
            case AERON_IPC -> {
                // Before its echo: this process runs the media driver that the echo connects to.
                final AeronClient client = new AeronClient(folder, idle.create());
                clients.put(transport, client);
                echo(transport, folder);
                client.awaitEcho();
                yield client;
            }
            case TCP -> new TcpClient(Integer.parseInt(echo(transport, folder)), null, longest);
            case TCP_POLLED -> new TcpClient(Integer.parseInt(echo(transport, folder)), idle.create(), longest);
            case ZEROMQ -> new ZeroMqClient(Integer.parseInt(echo(transport, folder)));
        };
    }

    private String echo(final Transport transport, final Path folder) {
        final ChildJvm echo = ChildJvm.start("the echo over " + transport.label(), EchoProcess.class, 0, ECHO_FLAGS,
            List.of(transport.name(), idle.name(), folder.toString()), PATIENCE);
        echoes.add(echo);
        return echo.detail();
    }

    /**
     * Measures.
     *
     * @param warmUpNanos of each transport and size
     * @param nanos       of each transport and size
     * @param rounds      slices that the time is cut into
     */
    BusReport run(final long warmUpNanos, final long nanos, final int rounds) throws IOException {
        final Circumstances circumstances = Circumstances.now();
        final Map<Transport, Histogram[]> histograms = new EnumMap<>(Transport.class);
        for (final Transport transport : clients.keySet()) {
            final Histogram[] bySize = new Histogram[sizes.length];
            for (int i = 0; i < sizes.length; i++) {
                bySize[i] = new Histogram(HIGHEST_NANOS, 3);
                exchangeFor(clients.get(transport), transport, sizes[i], warmUpNanos, new Histogram(HIGHEST_NANOS, 3));
            }
            histograms.put(transport, bySize);
        }
        for (int round = 0; round < rounds; round++) {
            for (final Map.Entry<Transport, EchoClient> client : clients.entrySet()) {
                for (int i = 0; i < sizes.length; i++) {
                    exchangeFor(client.getValue(), client.getKey(), sizes[i], nanos / rounds, histograms.get(client.getKey())[i]);
                }
            }
        }
        return new BusReport(circumstances, idle, nanos * 1e-9, rounds, rows(histograms));
    }

    private void exchangeFor(
        final EchoClient client, final Transport transport, final int size, final long nanos, final Histogram histogram)
        throws IOException {
        for (int i = 0; i < WAKING_EXCHANGES; i++) {
            exchange(client, transport, size);
        }
        final long beginNanos = System.nanoTime();
        long tripNanos = 0;
        for (long now = beginNanos; now - beginNanos < nanos; now += tripNanos) {
            tripNanos = exchange(client, transport, size);
            histogram.recordValue(Math.min(tripNanos, HIGHEST_NANOS));
        }
    }

    private long exchange(final EchoClient client, final Transport transport, final int size) throws IOException {
        stamp++;
        request.clear().putLong(0, stamp).putLong(size - Long.BYTES, stamp);
        final long beginNanos = System.nanoTime();
        final long echoed = client.exchange(request, size);
        final long endNanos = System.nanoTime();
        if (echoed != stamp) {
            throw new RunFailure(transport.label() + ": a message of " + size + " bytes came back changed");
        }
        return endNanos - beginNanos;
    }

    private List<RoundTrips> rows(final Map<Transport, Histogram[]> histograms) {
        final List<RoundTrips> rows = new ArrayList<>();
        for (int i = 0; i < sizes.length; i++) {
            final Histogram reference = histograms.values().iterator().next()[i];
            for (final Map.Entry<Transport, Histogram[]> entry : histograms.entrySet()) {
                final Percentiles latency = Percentiles.of(entry.getValue()[i]);
                rows.add(new RoundTrips(entry.getKey(), sizes[i], latency,
                    ratio(latency.p50(), reference.getValueAtPercentile(50)), ratio(latency.p99(), reference.getValueAtPercentile(99))));
            }
        }
        return rows;
    }

    private static double ratio(final long value, final long reference) {
        return reference == 0 ? 0 : Math.round(1000.0 * value / reference) / 1000.0;
    }

    @Override
    public void close() throws IOException {
        echoes.forEach(ChildJvm::close);
        for (final EchoClient client : clients.values()) {
            client.close();
        }
    }
}
