package dev.continuo.simulation.kernel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * What is asked of a real kernel, as root, where there are vcan, slcan and vivid: a program, because it runs in a guest in which everything is slow. It prints a line for each
 * check; {@link KernelPeerTest} starts it and reads them.
 */
public final class KernelChecks {
    /** Before the name of a check that passed. */
    static final String PASSED = "PASSED ";
    /** Before the name of a check that failed. */
    static final String FAILED = "FAILED ";
    /** Before the name of a check for which something is missing. */
    static final String SKIPPED = "SKIPPED ";

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final Map<String, Check> CHECKS = new LinkedHashMap<>();

    static {
        CHECKS.put("interfacesAreListed", CanChecks::interfacesAreListed);
        CHECKS.put("framesGoRound", CanChecks::framesGoRound);
        CHECKS.put("framesOfOtherKindsArePassedOver", CanChecks::framesOfOtherKindsArePassedOver);
        CHECKS.put("framesCarryTheKernelsTime", CanChecks::framesCarryTheKernelsTime);
        CHECKS.put("errorFramesArrive", CanChecks::errorFramesArrive);
        CHECKS.put("whatIsInTheWayIsTold", CanChecks::whatIsInTheWayIsTold);
        CHECKS.put("anInterfaceGoesDownAndUp", CanChecks::anInterfaceGoesDownAndUp);
        CHECKS.put("anInterfaceGoesAndComesBack", CanChecks::anInterfaceGoesAndComesBack);
        CHECKS.put("anArmIsDriven", CanChecks::anArmIsDriven);
        CHECKS.put("slcanOfTheKernelCarriesFrames", SlcanChecks::slcanOfTheKernelCarriesFrames);
        CHECKS.put("aFullQueueIsTold", SlcanChecks::aFullQueueIsTold);
        CHECKS.put("anAdapterIsPulled", SlcanChecks::anAdapterIsPulled);
        CHECKS.put("camerasAreListed", CameraChecks::camerasAreListed);
        CHECKS.put("coloursAreThoseOfTheBars", CameraChecks::coloursAreThoseOfTheBars);
        CHECKS.put("picturesCarryTheDriversTime", CameraChecks::picturesCarryTheDriversTime);
        CHECKS.put("whatTheCameraGivesCounts", CameraChecks::whatTheCameraGivesCounts);
        CHECKS.put("aCameraInUseIsTold", CameraChecks::aCameraInUseIsTold);
        CHECKS.put("picturesThatAreLostAreCounted", CameraChecks::picturesThatAreLostAreCounted);
        CHECKS.put("brokenPicturesArePassedOver", CameraChecks::brokenPicturesArePassedOver);
        CHECKS.put("aStreamThatBreaksIsOpenedAnew", CameraChecks::aStreamThatBreaksIsOpenedAnew);
        CHECKS.put("aCameraIsUnplugged", CameraChecks::aCameraIsUnplugged);
    }

    private KernelChecks() {
    }

    /** One check; what it throws is what is wrong. */
    @FunctionalInterface
    interface Check {
        void run() throws Exception;
    }

    /** A check cannot be made here. */
    static final class Skipped extends Exception {
        private static final long serialVersionUID = 1;

        Skipped(final String why) {
            super(why);
        }
    }

    /** The names of all checks, in their order. */
    static Set<String> names() {
        return CHECKS.keySet();
    }

    /** Runs the checks that are named, or all; the exit status is 1 if one fails. */
    public static void main(final String[] arguments) throws Exception {
        final List<String> wanted = arguments.length == 0 ? List.copyOf(CHECKS.keySet()) : List.of(arguments);
        boolean good = true;
        for (final String name : wanted) {
            final long begin = System.nanoTime();
            String outcome;
            try {
                CHECKS.get(name).run();
                outcome = PASSED + name;
            } catch (final Skipped missing) {
                outcome = SKIPPED + name + " " + missing.getMessage();
            } catch (final Exception | AssertionError failure) {
                failure.printStackTrace(System.out);
                outcome = FAILED + name + " " + failure.toString().lines().findFirst().orElse("");
                good = false;
            }
            System.out.println(outcome);
            System.out.printf("  in %d ms%n", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
        }
        System.exit(good ? 0 : 1);
    }

    /** Waits until something holds. */
    static void until(final String what, final BooleanSupplier holds) {
        final long begin = System.nanoTime();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() - begin > PATIENCE_NANOS) {
                throw new AssertionError("in vain: " + what);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** Runs a program that must succeed. */
    static void run(final String... command) throws Exception {
        final Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.INHERIT).start();
        } catch (final java.io.IOException absent) {
            throw new Skipped(absent.getMessage());
        }
        if (process.waitFor() != 0) {
            throw new AssertionError(String.join(" ", command) + " ended with " + process.exitValue());
        }
    }
}
