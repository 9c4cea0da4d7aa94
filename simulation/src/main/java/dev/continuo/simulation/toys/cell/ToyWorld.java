package dev.continuo.simulation.toys.cell;

import dev.continuo.hardware.kinematics.ForwardKinematics;
import dev.continuo.hardware.kinematics.FrankaChains;
import dev.continuo.hardware.kinematics.Pose;
import dev.continuo.simulation.physics.BodyPose;
import dev.continuo.simulation.physics.Grip;
import dev.continuo.simulation.physics.RigidBodies;
import dev.continuo.simulation.physics.RigidBodies.HalfSize;
import dev.continuo.simulation.toys.HandShape;
import dev.continuo.simulation.toys.Toy;
import dev.continuo.simulation.toys.ToyScene;
import dev.continuo.simulation.toys.ToyTable;
import dev.continuo.simulation.toys.ToyTrial;
import java.util.Arrays;

/**
 * The things on the toys' table, and the hand that pushes and holds them. A thing whose faces lie against both pads goes along with the hand until the fingers open. What fingertips and a
 * held thing press on presses back: {@link #torques}. One thread; allocates nothing after construction but in {@link #layOut}.
 */
final class ToyWorld implements AutoCloseable {
    private static final int JOINTS = 7;
    private static final int NOTHING = -1;
    private static final double OBJECT_MASS = 0.03;
    private static final double TARGET_MASS = 0.06;
    /** Fingers that are so much wider than what they hold do not hold it any more, metres. */
    private static final double LOOSE = 5e-4;
    /** Of a fingertip's rubber, or a held thing's foam, on what lies under it: a millimetre makes 4 N. */
    private static final double STIFFNESS = 4_000;
    private static final double DAMPING = 30;
    /** A finger deeper than this in a thing is beside it. */
    private static final double ABOVE = 0.010;
    private static final double PALM_OFFSET = HandShape.PALM_Z - HandShape.TOOL_Z;
    private static final double FINGER_OFFSET = HandShape.FINGER_Z - HandShape.TOOL_Z;
    private static final double TIP = FINGER_OFFSET + HandShape.FINGER.z();
    private static final Grip.Fingers FINGERS = new Grip.Fingers(2, TIP, HandShape.FINGER.z() - FINGER_OFFSET, HandShape.FINGER.x());

    private final RigidBodies bodies = new RigidBodies();
    private final ForwardKinematics arm = new ForwardKinematics(FrankaChains.withHand(FrankaChains.FR3), ToyTable.BASE);
    private final Grip grip = new Grip(FINGERS);
    private final Pose tool = new Pose();
    private final BodyPose scratch = new BodyPose();
    private final BodyPose heldPose = new BodyPose();
    private final BodyPose[] things = new BodyPose[ToyTable.THINGS];
    private final HalfSize[] sizes = new HalfSize[ToyTable.THINGS];
    private final int[] boxes = new int[ToyTable.THINGS];
    /** The palm and two fingers. */
    private final int[] hand = new int[3];
    private final double[] lastHeights = new double[3];
    private final double[] jacobian = new double[6 * JOINTS];
    private final double[] torques = new double[JOINTS];
    private double between;
    private int held = NOTHING;

    ToyWorld() {
        for (int thing = 0; thing < things.length; thing++) {
            things[thing] = new BodyPose();
        }
    }

    /** Stands the things of a trial where a scene has them, at rest, and lets go of everything. */
    void layOut(final ToyTrial trial, final ToyScene scene, final double[] joints, final double opening) {
        bodies.clear();
        held = NOTHING;
        for (int thing = 0; thing < things.length; thing++) {
            final Toy.Role role = trial.things().get(thing).role();
            sizes[thing] = new HalfSize(role.width() / 2, role.width() / 2, role.height() / 2);
            things[thing].setFlat(scene.x(thing), scene.y(thing), scene.z(thing), scene.yaw[thing]);
            boxes[thing] = bodies.addLoose(sizes[thing], things[thing], role == Toy.Role.OBJECT ? OBJECT_MASS : TARGET_MASS);
        }
        hand[0] = bodies.addMoved(HandShape.PALM);
        hand[1] = bodies.addMoved(HandShape.FINGER);
        hand[2] = bodies.addMoved(HandShape.FINGER);
        Arrays.fill(lastHeights, Double.NaN);
        follow(joints);
        placeHand(opening, 0);
        bodies.ready();
    }

    /**
     * One step.
     *
     * @param joints  where the arm is, rad
     * @param opening of the fingers, m
     */
    void step(final double[] joints, final double opening, final double seconds) {
        follow(joints);
        grasp(opening);
        placeHand(opening, seconds);
        if (held != NOTHING) {
            grip.carry(tool.rotation, tool.position, heldPose);
            bodies.move(boxes[held], heldPose, seconds);
        }
        bodies.step(seconds);
        for (int thing = 0; thing < things.length; thing++) {
            if (thing == held) {
                things[thing].set(heldPose);
            } else {
                bodies.pose(boxes[thing], things[thing]);
            }
        }
        press(opening, seconds);
    }

    /** How wide the thing between the fingers is, metres; 0 when there is none. */
    double between() {
        return between;
    }

    /** What the arm's joints feel of what the hand presses on, Nm. Owned by this object. */
    double[] torques() {
        return torques;
    }

    /** Writes down where the things are. */
    void observe(final ToyScene scene) {
        for (int thing = 0; thing < things.length; thing++) {
            scene.position[3 * thing] = things[thing].x;
            scene.position[3 * thing + 1] = things[thing].y;
            scene.position[3 * thing + 2] = things[thing].z;
            scene.yaw[thing] = things[thing].yaw();
            scene.held[thing] = thing == held;
        }
    }

    private void follow(final double[] joints) {
        arm.update(joints);
        arm.toolPose(tool);
    }

    private void grasp(final double opening) {
        if (held != NOTHING) {
            if (opening > between + LOOSE) {
                bodies.letGo(boxes[held]);
                held = NOTHING;
            }
            return;
        }
        between = 0;
        for (int thing = 0; thing < things.length && between == 0; thing++) {
            if (grip.between(things[thing], sizes[thing], tool.rotation, tool.position, opening)) {
                between = grip.width();
                if (grip.aligned() && opening <= between + LOOSE / 2) {
                    held = thing;
                    grip.hold();
                    bodies.take(boxes[thing]);
                }
            }
        }
    }

    private void placeHand(final double opening, final double seconds) {
        place(hand[0], 0, PALM_OFFSET, seconds);
        final double y = opening / 2 + HandShape.FINGER.y();
        place(hand[1], y, FINGER_OFFSET, seconds);
        place(hand[2], -y, FINGER_OFFSET, seconds);
    }

    private void place(final int box, final double y, final double z, final double seconds) {
        scratch.setRotation(tool.rotation);
        scratch.x = world(0, y, z);
        scratch.y = world(1, y, z);
        scratch.z = world(2, y, z);
        bodies.move(box, scratch, seconds);
    }

    /** A coordinate of a point of the hand. */
    private double world(final int axis, final double y, final double z) {
        return tool.position[axis] + tool.rotation[3 * axis + 1] * y + tool.rotation[3 * axis + 2] * z;
    }

    private void press(final double opening, final double seconds) {
        final double y = opening / 2 + HandShape.FINGER.y();
        double force = feel(0, world(0, y, TIP), world(1, y, TIP), world(2, y, TIP), seconds) + feel(1, world(0, -y, TIP), world(1, -y, TIP), world(2, -y, TIP), seconds);
        if (held == NOTHING) {
            lastHeights[2] = Double.NaN;
        } else {
            force += feel(2, heldPose.x, heldPose.y, heldPose.z - sizes[held].z(), seconds);
        }
        arm.jacobian(jacobian);
        for (int joint = 0; joint < JOINTS; joint++) {
            torques[joint] = force * jacobian[2 * JOINTS + joint];
        }
    }

    private double feel(final int point, final double x, final double y, final double z, final double seconds) {
        final double speed = Double.isNaN(lastHeights[point]) ? 0 : (z - lastHeights[point]) / seconds;
        lastHeights[point] = z;
        final double depth = heightUnder(x, y, z) - z;
        return depth > 0 ? Math.max(0, STIFFNESS * depth - DAMPING * speed) : 0;
    }

    private double heightUnder(final double x, final double y, final double z) {
        double height = 0;
        for (int thing = 0; thing < things.length; thing++) {
            // The solver lets a prescribed finger press a thing into the table.
            final double top = Math.max(things[thing].z, sizes[thing].z()) + sizes[thing].z();
            if (thing != held && z > top - ABOVE && top > height && Math.hypot(x - things[thing].x, y - things[thing].y) < sizes[thing].x()) {
                height = top;
            }
        }
        return height;
    }

    @Override
    public void close() {
        bodies.close();
    }
}
