package dev.continuo.simulation.physics;

import com.github.stephengold.joltjni.BodyCreationSettings;
import com.github.stephengold.joltjni.BodyInterface;
import com.github.stephengold.joltjni.BoxShape;
import com.github.stephengold.joltjni.BroadPhaseLayerInterface;
import com.github.stephengold.joltjni.JobSystem;
import com.github.stephengold.joltjni.JobSystemSingleThreaded;
import com.github.stephengold.joltjni.Jolt;
import com.github.stephengold.joltjni.MapObj2Bp;
import com.github.stephengold.joltjni.ObjVsBpFilter;
import com.github.stephengold.joltjni.ObjVsObjFilter;
import com.github.stephengold.joltjni.PhysicsSettings;
import com.github.stephengold.joltjni.PhysicsSystem;
import com.github.stephengold.joltjni.Quat;
import com.github.stephengold.joltjni.RVec3;
import com.github.stephengold.joltjni.TempAllocator;
import com.github.stephengold.joltjni.TempAllocatorImpl;
import com.github.stephengold.joltjni.Vec3;
import com.github.stephengold.joltjni.enumerate.EActivation;
import com.github.stephengold.joltjni.enumerate.EMotionType;
import com.github.stephengold.joltjni.enumerate.EOverrideMassProperties;

/**
 * Boxes on a table: some are fixed, some lie and fall, some are moved and push those. Jolt's, with its deterministic simulation. Metres, seconds, kilograms; a box is known by its number.
 * One thread.
 */
public final class RigidBodies implements AutoCloseable {
    private static final int LAYER_FIXED = 0;
    private static final int LAYER_LOOSE = 1;
    /** In a hand: they push loose ones, and nothing pushes them. */
    private static final int LAYER_HELD = 2;
    private static final int LAYER_ARM = 3;
    private static final int LAYERS = 4;
    private static final int BROAD_FIXED = 0;
    private static final int BROAD_MOVING = 1;

    private static final double TABLE_MIN_X = -0.20;
    private static final double TABLE_MAX_X = 0.90;
    private static final double TABLE_HALF_Y = 0.70;
    private static final double TABLE_THICKNESS = 0.05;
    private static final int MAX_BODIES = 32;
    private static final int MAX_PAIRS = 256;
    private static final int MEMORY_BYTES = 1 << 20;
    private static final float FRICTION = 0.5f;
    private static final float PAD_FRICTION = 0.9f;
    /** Jolt's default suits metres; cards are centimetres. */
    private static final float CONVEX_RADIUS = 0.0005f;
    private static final float PENETRATION_SLOP = 0.0001f;

    private final RVec3 position = new RVec3();
    private final Quat orientation = new Quat();
    private final TempAllocator memory;
    private final JobSystem jobs;
    private PhysicsSystem system;
    private BodyInterface bodies;

    /**
     * Half the size of a box along its own axes.
     *
     * @param x metres
     * @param y metres
     * @param z metres
     */
    public record HalfSize(double x, double y, double z) {
    }

    /** A table, and nothing on it. */
    public RigidBodies() {
        JoltLibrary.load();
        memory = new TempAllocatorImpl(MEMORY_BYTES);
        jobs = new JobSystemSingleThreaded(Jolt.cMaxPhysicsJobs);
        clear();
    }

    /** Leaves only the table, whose top is at z = 0. What is added afterwards does not depend on anything that was there before. */
    public void clear() {
        dismantle();
        system = new PhysicsSystem();
        system.init(MAX_BODIES, 0, MAX_PAIRS, MAX_PAIRS, Layers.BROAD, Layers.OBJECT_TO_BROAD, Layers.PAIRS);
        system.setGravity(0, 0, (float) -ArmDynamics.GRAVITY);
        final PhysicsSettings settings = system.getPhysicsSettings();
        settings.setDeterministicSimulation(true);
        settings.setPenetrationSlop(PENETRATION_SLOP);
        system.setPhysicsSettings(settings);
        bodies = system.getBodyInterfaceNoLock();
        final BodyPose table = new BodyPose();
        table.setFlat((TABLE_MAX_X + TABLE_MIN_X) / 2, 0, -TABLE_THICKNESS / 2, 0);
        addFixed(new HalfSize((TABLE_MAX_X - TABLE_MIN_X) / 2, TABLE_HALF_Y, TABLE_THICKNESS / 2), table);
    }

    /** Adds a box that stays where it is. */
    public int addFixed(final HalfSize half, final BodyPose pose) {
        return add(at(box(half, EMotionType.Static, LAYER_FIXED), pose).setFriction(FRICTION));
    }

    /** Adds a box that lies, falls and is pushed. */
    public int addLoose(final HalfSize half, final BodyPose pose, final double kilograms) {
        final BodyCreationSettings settings = box(half, EMotionType.Dynamic, LAYER_LOOSE);
        settings.getMassPropertiesOverride().setMass((float) kilograms);
        return add(at(settings, pose).setFriction(FRICTION).setAllowDynamicOrKinematic(true)
            .setOverrideMassProperties(EOverrideMassProperties.CalculateInertia));
    }

    /** Adds a box of an arm, somewhere: it goes where {@link #move} says and pushes what is loose. */
    public int addMoved(final HalfSize half) {
        return add(box(half, EMotionType.Kinematic, LAYER_ARM).setPosition(0, 0, 1).setFriction(PAD_FRICTION));
    }

    /** Tells that all boxes are there. */
    public void ready() {
        system.optimizeBroadPhase();
    }

    /** A loose box is held from now on: it goes where {@link #move} says. */
    public void take(final int box) {
        bodies.setMotionType(box, EMotionType.Kinematic, EActivation.Activate);
        bodies.setObjectLayer(box, LAYER_HELD);
    }

    /** A held box is loose again. */
    public void letGo(final int box) {
        bodies.setObjectLayer(box, LAYER_LOOSE);
        bodies.setMotionType(box, EMotionType.Dynamic, EActivation.Activate);
    }

    /** Moves an arm's or a held box somewhere: within the next step of so many seconds, or at once if that is 0. */
    public void move(final int box, final BodyPose to, final double seconds) {
        position.set(to.x, to.y, to.z);
        orientation.set((float) to.qx, (float) to.qy, (float) to.qz, (float) to.qw);
        if (seconds > 0) {
            bodies.moveKinematic(box, position, orientation, (float) seconds);
        } else {
            bodies.setPositionAndRotation(box, position, orientation, EActivation.Activate);
        }
    }

    /** One step. */
    public void step(final double seconds) {
        system.update((float) seconds, 1, memory, jobs);
    }

    /** Where a box is. */
    public void pose(final int box, final BodyPose out) {
        bodies.getPositionAndRotation(box, position, orientation);
        out.set(position.xx(), position.yy(), position.zz(), orientation.getX(), orientation.getY(), orientation.getZ(), orientation.getW());
    }

    @Override
    public void close() {
        dismantle();
        jobs.close();
        memory.close();
    }

    private void dismantle() {
        if (system != null) {
            system.removeAllBodies();
            system.close();
            system = null;
        }
    }

    private static BodyCreationSettings box(final HalfSize half, final EMotionType type, final int layer) {
        final BoxShape shape = new BoxShape(new Vec3((float) half.x, (float) half.y, (float) half.z), CONVEX_RADIUS);
        return new BodyCreationSettings(shape, new RVec3(), new Quat(), type, layer);
    }

    private static BodyCreationSettings at(final BodyCreationSettings settings, final BodyPose pose) {
        return settings.setPosition(pose.x, pose.y, pose.z)
            .setRotation(new Quat((float) pose.qx, (float) pose.qy, (float) pose.qz, (float) pose.qw));
    }

    /** The settings are native memory of their own and not needed any more. */
    private int add(final BodyCreationSettings settings) {
        try (settings) {
            return bodies.createAndAddBody(settings, EActivation.Activate);
        }
    }

    /** What every system shares: made once, after the library is loaded, and only read. */
    private static final class Layers {
        static final BroadPhaseLayerInterface BROAD = new MapObj2Bp(LAYERS, 2)
            .add(LAYER_FIXED, BROAD_FIXED).add(LAYER_LOOSE, BROAD_MOVING).add(LAYER_HELD, BROAD_MOVING).add(LAYER_ARM, BROAD_MOVING);
        static final ObjVsBpFilter OBJECT_TO_BROAD = new ObjVsBpFilter(LAYERS, 2)
            .disablePair(LAYER_FIXED, BROAD_FIXED).disablePair(LAYER_ARM, BROAD_FIXED).disablePair(LAYER_HELD, BROAD_FIXED);
        static final ObjVsObjFilter PAIRS = new ObjVsObjFilter(LAYERS)
            .disablePair(LAYER_FIXED, LAYER_FIXED).disablePair(LAYER_FIXED, LAYER_HELD).disablePair(LAYER_FIXED, LAYER_ARM)
            .disablePair(LAYER_HELD, LAYER_HELD).disablePair(LAYER_HELD, LAYER_ARM).disablePair(LAYER_ARM, LAYER_ARM);
    }
}
