package dev.continuo.benchmarks.bus;

import dev.continuo.actors.agent.EchoAgent;
import dev.continuo.actors.bus.AeronBus;
import dev.continuo.benchmarks.ChildJvm;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.Locale;
import org.agrona.concurrent.IdleStrategy;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** The answering process: sends everything back over one transport until its parent ends it. */
final class EchoProcess {
    private static final int TCP_BUFFER_BYTES = 4 * 1024 * 1024;

    private EchoProcess() {
    }

    /**
     * Serves.
     *
     * @param arguments the {@link Transport}, the {@link Idle} strategy, and the folder of the media driver
     */
    public static void main(final String[] arguments) throws IOException {
        ChildJvm.endWithParent();
        final Transport transport = Transport.valueOf(arguments[0].toUpperCase(Locale.ROOT));
        final IdleStrategy idle = new DozingIdleStrategy(Idle.valueOf(arguments[1].toUpperCase(Locale.ROOT)).create());
        switch (transport) {
            case AERON_IPC -> aeron(Path.of(arguments[2]), idle);
            case TCP -> tcp(null);
            case TCP_POLLED -> tcp(idle);
            case ZEROMQ -> zeroMq();
        }
    }

    private static void aeron(final Path folder, final IdleStrategy idle) {
        final AeronBus bus = AeronBus.connect(AeronClient.profile(folder), failure -> System.exit(0));
        final EchoAgent agent = new EchoAgent(bus, System::nanoTime);
        ChildJvm.tellReady("");
        while (bus.isOpen()) {
            idle.idle(agent.doWork());
        }
    }

    private static void tcp(final IdleStrategy idle) throws IOException {
        try (ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            ChildJvm.tellReady(Integer.toString(((InetSocketAddress) listener.getLocalAddress()).getPort()));
            final ByteBuffer message = ByteBuffer.allocateDirect(TCP_BUFFER_BYTES);
            try (TcpStream stream = new TcpStream(listener.accept(), idle)) {
                while (true) {
                    stream.receive(message);
                    stream.send(message);
                }
            } catch (final EOFException over) {
                return;
            }
        }
    }

    private static void zeroMq() {
        try (ZContext context = new ZContext()) {
            final ZMQ.Socket socket = context.createSocket(SocketType.PAIR);
            ChildJvm.tellReady(Integer.toString(socket.bindToRandomPort("tcp://127.0.0.1")));
            while (true) {
                socket.send(socket.recv());
            }
        }
    }
}
