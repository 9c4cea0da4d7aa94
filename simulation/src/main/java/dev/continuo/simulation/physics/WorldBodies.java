package dev.continuo.simulation.physics;

import com.github.stephengold.joltjni.BodyCreationSettings;
import com.github.stephengold.joltjni.BodyInterface;
import com.github.stephengold.joltjni.BoxShape;
import com.github.stephengold.joltjni.BroadPhaseLayerInterface;
import com.github.stephengold.joltjni.MapObj2Bp;
import com.github.stephengold.joltjni.ObjVsBpFilter;
import com.github.stephengold.joltjni.ObjVsObjFilter;
import com.github.stephengold.joltjni.PhysicsSettings;
import com.github.stephengold.joltjni.PhysicsSystem;
import com.github.stephengold.joltjni.Quat;
import com.github.stephengold.joltjni.RVec3;
import com.github.stephengold.joltjni.Vec3;
import com.github.stephengold.joltjni.enumerate.EActivation;
import com.github.stephengold.joltjni.enumerate.EMotionType;
import com.github.stephengold.joltjni.enumerate.EOverrideMassProperties;
import dev.continuo.simulation.scene.CellGeometry;

/** The pieces of a {@link World}: what collides with what, and each body's shape, mass and friction. */
final class WorldBodies {
    /** Table and board. */
    static final int LAYER_FIXED = 0;
    /** Cards that lie or fall. */
    static final int LAYER_CARD = 1;
    /** Cards in a hand: they push other cards, and nothing pushes them. */
    static final int LAYER_HELD = 2;
    /** Arms. */
    static final int LAYER_ARM = 3;
    /** A finger, whose centre's y depends on the opening. */
    static final ArmBox FINGER = ArmBox.finger(true, 0);

    private static final double CARD_MASS = 0.030;
    private static final double TABLE_MIN_X = -0.20;
    private static final double TABLE_MAX_X = 0.90;
    private static final double TABLE_HALF_Y = 0.70;
    private static final int LAYERS = 4;
    private static final int BROAD_FIXED = 0;
    private static final int BROAD_MOVING = 1;
    private static final int MAX_BODIES = 32;
    private static final int MAX_PAIRS = 256;
    private static final float TABLE_FRICTION = 0.5f;
    private static final float CARD_FRICTION = 0.5f;
    private static final float PAD_FRICTION = 0.9f;
    private static final float TABLE_THICKNESS = 0.05f;
    /** Jolt's default suits metres; cards are centimetres. */
    private static final float CONVEX_RADIUS = 0.0005f;
    private static final float PENETRATION_SLOP = 0.0001f;

    private WorldBodies() {
    }

    /** A system without bodies. */
    static PhysicsSystem emptySystem() {
        final PhysicsSystem system = new PhysicsSystem();
        system.init(MAX_BODIES, 0, MAX_PAIRS, MAX_PAIRS, Layers.BROAD, Layers.OBJECT_TO_BROAD, Layers.PAIRS);
        system.setGravity(0, 0, (float) -ArmDynamics.GRAVITY);
        final PhysicsSettings settings = system.getPhysicsSettings();
        settings.setDeterministicSimulation(true);
        settings.setPenetrationSlop(PENETRATION_SLOP);
        system.setPhysicsSettings(settings);
        return system;
    }

    /** The table; its top is at z = 0. */
    static void addTable(final BodyInterface bodies) {
        final double halfX = (TABLE_MAX_X - TABLE_MIN_X) / 2;
        final double centreX = (TABLE_MAX_X + TABLE_MIN_X) / 2;
        final BodyCreationSettings settings = box(halfX, TABLE_HALF_Y, TABLE_THICKNESS / 2, EMotionType.Static,
            LAYER_FIXED);
        settings.setPosition(centreX, 0, -TABLE_THICKNESS / 2).setFriction(TABLE_FRICTION);
        add(bodies, settings);
    }

    /** The whiteboard. */
    static void addBoard(final BodyInterface bodies, final BodyPose pose) {
        final BodyCreationSettings settings = box(CellGeometry.BOARD_LENGTH / 2, CellGeometry.BOARD_WIDTH / 2,
            CellGeometry.BOARD_THICKNESS / 2, EMotionType.Static, LAYER_FIXED);
        at(settings, pose).setFriction(TABLE_FRICTION);
        add(bodies, settings);
    }

    /** A card. */
    static int addCard(final BodyInterface bodies, final BodyPose pose) {
        final BodyCreationSettings settings = box(CellGeometry.CARD_LENGTH / 2, CellGeometry.CARD_WIDTH / 2,
            CellGeometry.CARD_THICKNESS / 2, EMotionType.Dynamic, LAYER_CARD);
        settings.getMassPropertiesOverride().setMass((float) CARD_MASS);
        at(settings, pose).setFriction(CARD_FRICTION).setAllowDynamicOrKinematic(true)
            .setOverrideMassProperties(EOverrideMassProperties.CalculateInertia);
        return add(bodies, settings);
    }

    /** One box of an arm, somewhere. */
    static int addArmBox(final BodyInterface bodies, final ArmBox shape) {
        final BodyCreationSettings settings =
            box(shape.halfX(), shape.halfY(), shape.halfZ(), EMotionType.Kinematic, LAYER_ARM);
        settings.setPosition(0, 0, 1).setFriction(PAD_FRICTION);
        return add(bodies, settings);
    }

    private static BodyCreationSettings box(final double halfX, final double halfY, final double halfZ, final EMotionType type,
        final int layer) {
        final BoxShape shape = new BoxShape(new Vec3((float) halfX, (float) halfY, (float) halfZ), CONVEX_RADIUS);
        return new BodyCreationSettings(shape, new RVec3(), new Quat(), type, layer);
    }

    private static BodyCreationSettings at(final BodyCreationSettings settings, final BodyPose pose) {
        return settings.setPosition(pose.x, pose.y, pose.z)
            .setRotation(new Quat((float) pose.qx, (float) pose.qy, (float) pose.qz, (float) pose.qw));
    }

    /** The settings are native memory of their own and not needed any more. */
    private static int add(final BodyInterface bodies, final BodyCreationSettings settings) {
        try (settings) {
            return bodies.createAndAddBody(settings, EActivation.Activate);
        }
    }

    /** What every system shares: made once, after the library is loaded, and only read. */
    private static final class Layers {
        static final BroadPhaseLayerInterface BROAD = new MapObj2Bp(LAYERS, 2)
            .add(LAYER_FIXED, BROAD_FIXED).add(LAYER_CARD, BROAD_MOVING).add(LAYER_HELD, BROAD_MOVING).add(LAYER_ARM, BROAD_MOVING);
        static final ObjVsBpFilter OBJECT_TO_BROAD = new ObjVsBpFilter(LAYERS, 2)
            .disablePair(LAYER_FIXED, BROAD_FIXED).disablePair(LAYER_ARM, BROAD_FIXED).disablePair(LAYER_HELD, BROAD_FIXED);
        static final ObjVsObjFilter PAIRS = new ObjVsObjFilter(LAYERS)
            .disablePair(LAYER_FIXED, LAYER_FIXED).disablePair(LAYER_FIXED, LAYER_HELD).disablePair(LAYER_FIXED, LAYER_ARM)
            .disablePair(LAYER_HELD, LAYER_HELD).disablePair(LAYER_HELD, LAYER_ARM).disablePair(LAYER_ARM, LAYER_ARM);
    }
}
