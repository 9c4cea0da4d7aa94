package dev.continuo.simulation.toys.cell;

import dev.continuo.hardware.franka.ControllerMode;
import dev.continuo.hardware.franka.FciRequest;
import dev.continuo.hardware.franka.FciStatus;
import dev.continuo.hardware.franka.FciVersion;
import dev.continuo.hardware.franka.HandRequest;
import dev.continuo.hardware.franka.MotionGenerator;
import dev.continuo.hardware.franka.RobotCommand;
import dev.continuo.hardware.kinematics.FrankaChains;
import dev.continuo.hardware.kinematics.Pose;
import dev.continuo.hardware.kinematics.PoseFollower;
import dev.continuo.simulation.toys.ToyTable;
import java.util.Optional;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Leads the arm and the hand of a {@link ToyCell} without the network in between: serves the recording of demonstrations. One thread.
 */
public final class DirectFranka {
    private static final int JOINTS = 7;
    /** By how much the wanted width has to change before the hand is told, metres. */
    private static final double WORTH_TELLING = 0.004;
    private static final double HAND_SPEED = 0.1;
    private static final FciRequest.Move MOVE = new FciRequest.Move(ControllerMode.JOINT_IMPEDANCE, MotionGenerator.JOINT_POSITION);

    private final ToyCell cell;
    private final PoseFollower follower;
    private final UnsafeBuffer datagram = new UnsafeBuffer(new byte[RobotCommand.bytes(FciVersion.FR3)]);
    private final RobotCommand command = new RobotCommand(FciVersion.FR3);
    private final double[] joints = new double[JOINTS];
    private double told;
    private boolean handMoves;
    private Optional<FciStatus> stopped = Optional.empty();

    /**
     * Takes hold of a cell's arm, which rests.
     *
     * @throws IllegalStateException if it does not take commands
     */
    public DirectFranka(final ToyCell cell) {
        this.cell = cell;
        cell.robot().position(joints);
        follower = new PoseFollower(FrankaChains.withHand(FrankaChains.FR3), ToyTable.BASE, ToyTable.READY.toArray());
        told = cell.hand().width();
        final FciStatus status = cell.robot().handle(MOVE);
        if (status != FciStatus.MOTION_STARTED) {
            throw new IllegalStateException("the simulated robot does not move: " + status);
        }
        cell.robot().cycle();
        cell.step();
    }

    /**
     * A millisecond on the way.
     *
     * @param tool    where the tool is to be at its end; near to where it is
     * @param opening of the hand, metres
     * @throws IllegalStateException if the pose is out of reach, or too far for a millisecond, which would be a mistake of the plan
     */
    public void cycle(final Pose tool, final double opening) {
        if (!follower.follow(tool, joints)) {
            throw new IllegalStateException("the arm cannot reach " + tool.position[0] + ", " + tool.position[1] + ", " + tool.position[2]);
        }
        cell.robot().cycle(command.clear(datagram, 0).putPositions(joints));
        stopped = stopped.or(cell.robot()::takeEnd);
        follow(opening);
        cell.hand().cycle();
        cell.step();
    }

    /** Why the robot has stopped by itself and follows no more, if it has. */
    public Optional<FciStatus> stopped() {
        return stopped;
    }

    /** As the driver does: one request at a time, unless the wanted width turns back. */
    private void follow(final double opening) {
        handMoves &= cell.hand().takeEnd().isEmpty();
        final double width = cell.hand().width();
        final boolean reversed = Math.signum(opening - told) != Math.signum(told - width);
        if (Math.abs(opening - told) > WORTH_TELLING && (!handMoves || reversed)) {
            cell.hand().begin(new HandRequest.Move(opening, HAND_SPEED));
            told = opening;
            handMoves = true;
        }
    }
}
