"""Programs of an unmodified libfranka (pip install pylibfranka) against the simulated robot at the address given: connects, sets,
moves in each mode, provokes a reflex and recovers from it, and
uses the hand. Prints a line for each; the first that fails ends it with status 1."""
import math
import sys

from pylibfranka import (CartesianPose, CartesianVelocities, CommandException, ControlException, ControllerMode, Gripper, JointPositions,
                         JointVelocities, RealtimeConfig, Robot, Torques)

from motion import SECONDS, gripper, moved, near, rate, way


def control(active, command):
    """Commands a motion cycle by cycle until its time is over."""
    time, first = 0.0, None
    while True:
        state, duration = active.readOnce()
        first = first or state
        time += duration.to_sec()
        wanted = command(first, state, time)
        wanted.motion_finished = time >= SECONDS
        active.writeOnce(wanted)
        if time >= SECONDS:
            return first


def settings(robot):
    robot.set_collision_behavior([20.0] * 7, [20.0] * 7, [20.0] * 6, [20.0] * 6)
    robot.set_joint_impedance([3000, 3000, 3000, 2500, 2500, 2000, 2000])
    robot.set_cartesian_impedance([2000, 2000, 2000, 100, 100, 100])
    robot.set_load(0.3, [0, 0, 0.05], [0.001, 0, 0, 0, 0.001, 0, 0, 0, 0.001])
    robot.read_once()
    assert abs(robot.read_once().m_load - 0.3) < 1e-6, robot.read_once().m_load
    robot.set_load(0.0, [0, 0, 0], [0.0] * 9)
    try:
        robot.set_joint_impedance([1e6] * 7)
        raise AssertionError("an impedance out of its range is accepted")
    except CommandException as refused:
        print("settings; refused:", refused, flush=True)


def model(robot):
    state = robot.read_once()
    dynamics = robot.load_model()
    mass, gravity = dynamics.mass(state), dynamics.gravity(state)
    assert all(mass[8 * i] > 0 for i in range(7))
    near("model: gravity beside the robot's torques", gravity, state.tau_J, 4.0)  # the model knows of the hand, the body does not


def motions(robot):
    impedance = ControllerMode.JointImpedance
    first = control(robot.start_joint_position_control(impedance), lambda s, _, t: JointPositions(moved(s.q_d, _0=0.3 * way(t), _3=0.2 * way(t))))
    near("joint positions", moved(first.q_d, _0=0.3, _3=0.2), robot.read_once().q, 5e-3)
    first = control(robot.start_joint_velocity_control(impedance), lambda _s, _, t: JointVelocities([-0.3 * rate(t)] + [0.0] * 6))
    near("joint velocities", moved(first.q_d, _0=-0.3), robot.read_once().q, 5e-3)
    first = control(robot.start_cartesian_pose_control(ControllerMode.CartesianImpedance),
                    lambda s, _, t: CartesianPose(moved(s.O_T_EE_c, _12=0.1 * way(t), _14=-0.1 * way(t))))
    near("poses", moved(first.O_T_EE_c, _12=0.1, _14=-0.1), robot.read_once().O_T_EE, 5e-3)
    first = control(robot.start_cartesian_velocity_control(impedance),
                    lambda _s, _, t: CartesianVelocities([-0.1 * rate(t), 0, 0.1 * rate(t), 0, 0, 0]))
    near("twists", moved(first.O_T_EE_c, _12=-0.1, _14=0.1), robot.read_once().O_T_EE, 5e-3)


def impedance(robot):
    """The vendor's Cartesian impedance control, in translation, with the served model."""
    dynamics = robot.load_model()

    def torques(first, state, time):
        coriolis = dynamics.coriolis(state)
        jacobian = dynamics.zero_jacobian(state)
        target = moved(first.O_T_EE[12:15], _1=0.05 * way(time))
        position = state.O_T_EE[12:15]
        velocity = [sum(jacobian[6 * j + i] * state.dq[j] for j in range(7)) for i in range(3)]
        force = [150 * (target[i] - position[i]) - 2 * math.sqrt(150) * velocity[i] for i in range(3)]
        return Torques([sum(jacobian[6 * j + i] * force[i] for i in range(3)) + coriolis[j] - 1.0 * state.dq[j] for j in range(7)])

    first = control(robot.start_torque_control(), torques)
    near("Cartesian impedance", moved(first.O_T_EE[12:15], _1=0.05), robot.read_once().O_T_EE[12:15], 1.5e-2)


def reflex(robot):
    active = robot.start_joint_velocity_control(ControllerMode.JointImpedance)
    try:
        for _ in range(100):
            active.readOnce()
            active.writeOnce(JointVelocities([1.0] + [0.0] * 6))
        raise AssertionError("a jump in velocity is accepted")
    except ControlException as error:
        assert "joint_motion_generator_velocity_discontinuity" in str(error), str(error)
        print("reflex:", str(error).replace("\n", " "), flush=True)
    del active
    robot.automatic_error_recovery()
    first = control(robot.start_joint_position_control(ControllerMode.JointImpedance), lambda s, _, t: JointPositions(moved(s.q_d, _6=0.1 * way(t))))
    near("after recovery", moved(first.q_d, _6=0.1), robot.read_once().q, 5e-3)


if __name__ == "__main__":
    robot = Robot(sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1", RealtimeConfig.kIgnore)
    robot.automatic_error_recovery()
    for each in (settings, model, motions, impedance, reflex):
        each(robot)
    gripper(Gripper(sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1"))
