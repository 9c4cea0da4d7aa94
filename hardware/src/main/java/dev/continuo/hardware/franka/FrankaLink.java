package dev.continuo.hardware.franka;

import java.util.Optional;

/**
 * A robot and its hand, connected.
 *
 * @param robot the arm
 * @param hand  its hand, if it has one
 */
public record FrankaLink(FrankaRobot robot, Optional<HandFollower> hand) implements AutoCloseable {
    @Override
    public void close() {
        hand.ifPresent(HandFollower::close);
        robot.close();
    }
}
