"""Programs of an unmodified libfranka 0.9.2 (pip install panda-python) against the simulated Panda at the address given: connects,
sets, moves in each mode, provokes a reflex and recovers from it, and
uses the hand. Prints a line for each; the first that fails ends it with status 1."""
import sys

from panda_py import libfranka
from panda_py.libfranka import CartesianPose, CartesianVelocities, ControllerMode, JointPositions, JointVelocities, Torques, motion_finished

from motion import SECONDS, gripper, moved, near, rate, way


class Motion:
    """A callback that commands cycle by cycle until the time is over."""

    def __init__(self, command):
        self.command, self.time, self.first = command, 0.0, None

    def __call__(self, state, duration):
        self.first = self.first or state
        self.time += duration.to_sec()
        wanted = self.command(self.first, state, self.time)
        return motion_finished(wanted) if self.time >= SECONDS + 0.1 else wanted


def settings(robot):
    assert robot.server_version() == 5
    robot.set_collision_behavior([20.0] * 7, [20.0] * 7, [20.0] * 6, [20.0] * 6)
    robot.set_joint_impedance([3000, 3000, 3000, 2500, 2500, 2000, 2000])
    robot.set_cartesian_impedance([2000, 2000, 2000, 100, 100, 100])
    robot.set_guiding_mode([True] * 6, False)
    robot.set_load(0.3, [0, 0, 0.05], [0.001, 0, 0, 0, 0.001, 0, 0, 0, 0.001])
    robot.read_once()
    assert abs(robot.read_once().m_load - 0.3) < 1e-12
    robot.set_load(0.0, [0, 0, 0], [0.0] * 9)
    try:
        robot.set_joint_impedance([1e6] * 7)
    except Exception as refused:
        print("settings; refused:", refused, flush=True)
        return
    raise AssertionError("an impedance out of its range is accepted")


def motions(robot):
    motion = Motion(lambda s, _, t: JointPositions(moved(s.q_d, _0=0.3 * way(t), _3=0.2 * way(t))))
    robot.control_joint_position(motion)
    near("joint positions", moved(motion.first.q_d, _0=0.3, _3=0.2), robot.read_once().q, 5e-3)
    motion = Motion(lambda _s, _, t: JointVelocities([-0.3 * rate(t)] + [0.0] * 6))
    robot.control_joint_velocity(motion)
    near("joint velocities", moved(motion.first.q_d, _0=-0.3), robot.read_once().q, 5e-3)
    motion = Motion(lambda s, _, t: CartesianPose(moved(s.O_T_EE_c, _12=0.1 * way(t), _14=-0.1 * way(t))))
    robot.control_cartesian_pose(motion)
    near("poses", moved(motion.first.O_T_EE_c, _12=0.1, _14=-0.1), robot.read_once().O_T_EE, 5e-3)
    motion = Motion(lambda _s, _, t: CartesianVelocities([-0.1 * rate(t), 0, 0.1 * rate(t), 0, 0, 0]))
    robot.control_cartesian_velocity(motion)
    near("twists", moved(motion.first.O_T_EE_c, _12=-0.1, _14=0.1), robot.read_once().O_T_EE, 5e-3)


def torques(robot):
    motion = Motion(lambda s, now, t: Torques([60 * (a - b) - 8 * c for a, b, c in zip(moved(s.q, _6=0.2 * way(t)), now.q, now.dq)]))
    robot.control(motion)
    near("torques", moved(motion.first.q, _6=0.2), robot.read_once().q, 2e-2)
    generator = Motion(lambda s, _, t: JointPositions(moved(s.q_d, _5=0.2 * way(t))))
    robot.control_torque_joint_position(
        lambda now, _: Torques([60 * (a - b) - 8 * c for a, b, c in zip(now.q_d, now.q, now.dq)]), generator)
    near("torques beside joint positions", moved(generator.first.q_d, _5=0.2), robot.read_once().q, 2e-2)


def reflex(robot):
    try:
        robot.control_joint_velocity(lambda _s, _d: JointVelocities([1.0] + [0.0] * 6), ControllerMode.kJointImpedance, False, 1000.0)
        raise AssertionError("a jump in velocity is accepted")
    except AssertionError:
        raise
    except Exception as error:
        assert "joint_motion_generator_velocity_discontinuity" in str(error), str(error)
        print("reflex:", str(error).replace("\n", " "), flush=True)
    robot.automatic_error_recovery()
    motion = Motion(lambda s, _, t: JointPositions(moved(s.q_d, _6=0.1 * way(t))))
    robot.control_joint_position(motion)
    near("after recovery", moved(motion.first.q_d, _6=0.1), robot.read_once().q, 5e-3)


if __name__ == "__main__":
    robot = libfranka.Robot(sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1", libfranka.RealtimeConfig.kIgnore)
    robot.automatic_error_recovery()
    for each in (settings, motions, torques, reflex):
        each(robot)
    gripper(libfranka.Gripper(sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1"))
