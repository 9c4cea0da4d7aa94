package dev.continuo.benchmarks.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.typesafe.config.ConfigUtil;
import dev.continuo.actors.agent.PolicyKind;
import dev.continuo.benchmarks.WorkFolder;
import dev.continuo.benchmarks.service.ServiceProcess;
import dev.continuo.config.Profile;
import dev.continuo.config.ProfileReader;
import dev.continuo.config.TrialEvent;
import dev.continuo.simulation.game.CardTask;
import dev.continuo.simulation.game.MathMatchingCell;
import dev.continuo.simulation.game.PlayedGame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.jar.JarOutputStream;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
import org.agrona.CloseHelper;

/**
 * The real service as processes of its own, {@code control} and {@code brain}, and the cell of math matching in this one: it stands where hardware stands, so that its camera and buses can fail and its
 * joints be watched by somebody who is not the runtime. Trials follow each other whatever becomes of them.
 */
public final class CellRig implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int PORTS = 4;

    private final WorkFolder folder = create();
    private final Path left;
    private final Path file;
    private final Profile profile;
    private final PlayedGame<CardTask> game;
    private final MotionWitness witness;
    private final HttpClient http = HttpClient.newHttpClient();
    private ServiceProcess service;
    private int starts;

    /**
     * A cell that stands ready, and the service that begins to play in it.
     *
     * @param seed of scenes and equations
     * @param left where the service leaves what it says, its logs and its latencies
     */
    public CellRig(final long seed, final Path left) {
        this.left = left;
        try {
            order(PolicyFault.NONE);
            file = Files.writeString(folder.path().resolve("faults.conf"), conf(folder.path(), seed));
            plugin();
        } catch (final IOException failure) {
            throw new UncheckedIOException(failure);
        }
        profile = ProfileReader.read(file.toString());
        final AtomicReference<PlayedGame<CardTask>> playing = new AtomicReference<>();
        game = new MathMatchingCell().start(profile, event -> {
            if (event instanceof TrialEvent.Ended && playing.get() != null) {
                playing.get().nextTrial();
            }
        });
        playing.set(game);
        witness = new MotionWitness(game.task().cell(), profile);
        startService();
        game.nextTrial();
    }

    private static WorkFolder create() {
        try {
            return WorkFolder.create();
        } catch (final IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String conf(final Path folder, final long seed) throws IOException {
        final List<Integer> ports = freePorts();
        return """
            extends = "arx-sim"
            bus.directory = %1$s
            cluster { control-port = %2$d, brain-port = %3$d, cell-port = %4$d }
            cell { enabled = false, trial-timeout = 8 s, seed = %5$d }
            web.port = 0
            definitions { camera-port = %6$d, left-transport.path = %7$s, right-transport.path = %8$s }
            policy { kind = %9$s, reasoning = true, settings { orders = %10$s } }
            """.formatted(quoted(folder.resolve("bus")), ports.get(0), ports.get(1), ports.get(2), seed, ports.get(3), quoted(folder.resolve("left.sock")), quoted(folder.resolve("right.sock")),
            FaultyPolicy.KIND, quoted(folder.resolve("orders")));
    }

    private static String quoted(final Path path) {
        return ConfigUtil.quoteString(path.toString());
    }

    private static List<Integer> freePorts() throws IOException {
        final List<ServerSocket> taken = new ArrayList<>();
        try {
            for (int i = 0; i < PORTS; i++) {
                taken.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return taken.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            CloseHelper.closeAll(taken);
        }
    }

    /** The class is on the class path of every service; a jar of its own names it to this one alone. */
    private void plugin() throws IOException {
        final Path plugins = Files.createDirectories(folder.path().resolve("plugins"));
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(plugins.resolve("faults.jar")))) {
            jar.putNextEntry(new ZipEntry("META-INF/services/" + PolicyKind.class.getName()));
            jar.write(FaultyPolicy.class.getName().getBytes(StandardCharsets.UTF_8));
            jar.closeEntry();
        }
    }

    /** Starts the service, again if it was killed. */
    void startService() {
        try {
            service = ServiceProcess.start(Files.createDirectories(left.resolve("service-" + ++starts)), Map.of("CONTINUO_PLUGINS", folder.path().resolve("plugins").toString()),
                List.of("--profile", file.toString()));
        } catch (final IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The cell's profile. */
    public Profile profile() {
        return profile;
    }

    /** The cell, whose camera and buses can be made to fail. */
    public PlayedGame<CardTask> game() {
        return game;
    }

    /** Who watches the joints. */
    public MotionWitness witness() {
        return witness;
    }

    /** The service that plays now. */
    public ServiceProcess service() {
        return service;
    }

    /** Has the policy fail from its next chunk on. */
    void order(final PolicyFault fault) {
        FaultyPolicy.order(folder.path().resolve("orders"), fault);
    }

    /** What an operator asks for over HTTP; the answer's status, or -1 if there is none. */
    int ask(final String path) {
        final URI to = service.address(PATIENCE).resolve(path);
        try {
            return http.send(HttpRequest.newBuilder(to).timeout(PATIENCE).POST(BodyPublishers.noBody()).build(), BodyHandlers.discarding()).statusCode();
        } catch (final IOException noAnswer) {
            return -1;
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    /** Whether the service says that it plays; not while it does not answer. */
    boolean isPlaying() {
        return get("/api/status").path("phase").asText().equals("playing");
    }

    /** What the service says has happened, oldest first; nothing while it does not answer. */
    List<String> events() {
        return StreamSupport.stream(get("/api/report").path("events").spliterator(), false).map(JsonNode::asText).toList();
    }

    private JsonNode get(final String path) {
        try {
            final HttpRequest request = HttpRequest.newBuilder(service.address(PATIENCE).resolve(path)).timeout(PATIENCE).build();
            return new ObjectMapper().readTree(http.send(request, BodyHandlers.ofString()).body());
        } catch (final IOException noAnswer) {
            return MissingNode.getInstance();
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return MissingNode.getInstance();
        }
    }

    @Override
    public void close() {
        CloseHelper.closeAll(service, witness, game, http::shutdownNow);
        CloseHelper.quietClose(folder::close);
    }
}
