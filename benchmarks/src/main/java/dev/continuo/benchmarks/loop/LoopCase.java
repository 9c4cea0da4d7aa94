package dev.continuo.benchmarks.loop;

import dev.continuo.config.ProfileReader;
import dev.continuo.config.ArmProfile;
import dev.continuo.config.BusProfile;
import dev.continuo.config.DriverProfile;
import dev.continuo.config.Profile;
import dev.continuo.config.TransportProfile;
import java.nio.file.Path;
import java.util.List;

/**
 * One way of running the loops.
 *
 * @param profile     whose arms, by name or file
 * @param rateHz      control cycles per second; 0 for the profile's
 * @param realTime    whether the loops ask for SCHED_FIFO
 * @param loadThreads busy tensor threads beside the loops, in a process of their own
 * @param warmUpNanos how long the arms play before
 * @param nanos       how long to measure
 */
record LoopCase(String profile, int rateHz, boolean realTime, int loadThreads, long warmUpNanos, long nanos) {

    /** For a command line. */
    List<String> arguments() {
        return List.of(profile, Integer.toString(rateHz), Boolean.toString(realTime), Integer.toString(loadThreads),
            Long.toString(warmUpNanos), Long.toString(nanos));
    }

    /** Of a command line. */
    static LoopCase of(final String... arguments) {
        return new LoopCase(arguments[0], Integer.parseInt(arguments[1]), Boolean.parseBoolean(arguments[2]), Integer.parseInt(arguments[3]),
            Long.parseLong(arguments[4]), Long.parseLong(arguments[5]));
    }

    /** The profile with the rate in it, and with its sockets and its bus in a folder of this benchmark: a running service is not met. */
    static Profile profile(final String name, final int rateHz, final Path folder) {
        final Profile read = ProfileReader.read(name);
        final List<ArmProfile> arms = read.arms().stream().map(arm -> new ArmProfile(arm.name(),
            new DriverProfile.Arx(arm.model(), new TransportProfile.LocalSocket(folder.resolve(arm.name() + ".sock")), arm.arx().motorTimeoutNanos()),
            arm.actions(), rateHz == 0 ? arm.rateHz() : rateHz, arm.base(), arm.limits(), arm.readyPose(), arm.parkPose(), arm.contact())).toList();
        return read.withArms(arms).withBus(new BusProfile(folder.resolve("bus"), "aeron:ipc", read.bus().termLengthBytes()));
    }
}
