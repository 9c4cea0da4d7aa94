"""What the programs have in common: a way from rest to rest, and what became of it."""

SECONDS = 2.0


def way(time):
    share = min(1.0, time / SECONDS)
    return share ** 3 * (10 - 15 * share + 6 * share ** 2)


def rate(time):
    share = min(1.0, time / SECONDS)
    return 30 * share ** 2 * (1 - share) ** 2 / SECONDS


def near(name, wanted, reached, tolerance):
    worst = max(abs(a - b) for a, b in zip(wanted, reached))
    assert worst <= tolerance, f"{name}: off by {worst}"
    print(f"{name}: off by {worst:.2g}", flush=True)


def moved(values, **changes):
    values = list(values)
    for index, change in changes.items():
        values[int(index[1:])] += change
    return values


def gripper(hand):
    assert hand.homing()
    assert hand.move(0.06, 0.1)
    assert abs(hand.read_once().width - 0.06) < 1e-6, hand.read_once().width
    assert hand.grasp(0.03, 0.1, 40.0)  # a thing of 30 mm is between the fingers
    assert not hand.grasp(0.05, 0.1, 40.0)
    assert hand.stop()
    print("gripper: homed, moved, grasped, stopped", flush=True)
