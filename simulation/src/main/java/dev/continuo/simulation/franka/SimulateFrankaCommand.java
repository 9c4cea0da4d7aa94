package dev.continuo.simulation.franka;

import dev.continuo.hardware.franka.FciConnection;
import dev.continuo.hardware.franka.FciVersion;
import dev.continuo.hardware.franka.HandRequest;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code simulate franka}: a robot that any program on libfranka can connect to, until it is interrupted. */
@Command(name = "franka", mixinStandardHelpOptions = true,
    description = "A Franka arm and hand at the ports of the Franka Control Interface; any program on libfranka can connect.")
public final class SimulateFrankaCommand implements Callable<Integer> {
    private static final int LAST_PORT = 65_535;

    @Spec
    private CommandSpec spec;

    @Option(names = "--robot", paramLabel = "fr3|panda", defaultValue = "fr3",
        description = "fr3 speaks version 10 (libfranka 0.18 to 0.21), panda version 5 (libfranka 0.9) (default: ${DEFAULT-VALUE})")
    private String model;

    @Option(names = "--host", paramLabel = "ADDRESS", defaultValue = "127.0.0.1", description = "where to listen (default: ${DEFAULT-VALUE})")
    private String host;

    @Option(names = "--port", paramLabel = "N", defaultValue = "1337", description = "of the arm; libfranka knows no other (default: ${DEFAULT-VALUE})")
    private int port;

    @Option(names = "--hand-port", paramLabel = "N", defaultValue = "1338", description = "of the hand (default: ${DEFAULT-VALUE})")
    private int handPort;

    @Option(names = "--between-fingers", paramLabel = "METRES", defaultValue = "0",
        description = "how wide the thing is that the hand can grasp; 0 for nothing (default: ${DEFAULT-VALUE})")
    private double betweenFingers;

    /** For picocli. */
    public SimulateFrankaCommand() {
    }

    @Override
    public Integer call() throws InterruptedException {
        final FciVersion version = version();
        final SimulatedHand fingers = new SimulatedHand();
        if (!(betweenFingers >= 0 && betweenFingers < SimulatedHand.WIDEST)) {
            throw new ParameterException(spec.commandLine(), "--between-fingers " + betweenFingers + ": must be from 0 to less than " + SimulatedHand.WIDEST);
        }
        fingers.hold(betweenFingers);
        final PrintWriter out = spec.commandLine().getOut();
        final FciServer robot = new FciServer(new SimulatedFranka(version), address("--port", port), line -> tell(out, "arm: " + line));
        final HandServer hand;
        try {
            hand = new HandServer(fingers, address("--hand-port", handPort), line -> tell(out, "hand: " + line));
        } catch (final RuntimeException failure) {
            robot.close();
            throw failure;
        }
        final CountDownLatch interrupted = new CountDownLatch(1);
        try (FciLoop loop = new FciLoop(robot, hand)) {
            tell(out, String.format(Locale.ROOT, "%s at %s:%d, FCI version %d; hand at port %d; %s; interrupt to end", model, host, robot.address().getPort(),
                version.number(), hand.address().getPort(), loop.scheduling()));
            Runtime.getRuntime().addShutdownHook(new Thread(interrupted::countDown));
            interrupted.await();
        }
        return 0;
    }

    private FciVersion version() {
        return switch (model) {
            case "fr3" -> FciVersion.FR3;
            case "panda" -> FciVersion.PANDA;
            default -> throw new ParameterException(spec.commandLine(), "--robot " + model + ": must be fr3 or panda");
        };
    }

    private InetSocketAddress address(final String option, final int wanted) {
        if (wanted < 0 || wanted > LAST_PORT) {
            throw new ParameterException(spec.commandLine(), option + ' ' + wanted + ": must be between 0 and " + LAST_PORT + ", usually "
                + FciConnection.PORT + " and " + HandRequest.PORT);
        }
        final InetSocketAddress address = new InetSocketAddress(host, wanted);
        if (address.isUnresolved()) {
            throw new ParameterException(spec.commandLine(), "--host " + host + ": no such host");
        }
        return address;
    }

    private static void tell(final PrintWriter out, final String line) {
        out.println(line);
        out.flush();
    }
}
