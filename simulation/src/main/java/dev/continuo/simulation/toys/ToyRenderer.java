package dev.continuo.simulation.toys;

import dev.continuo.hardware.kinematics.ForwardKinematics;
import dev.continuo.hardware.kinematics.FrankaChains;
import dev.continuo.hardware.kinematics.Pose;
import dev.continuo.simulation.franka.SimulatedHand;
import dev.continuo.simulation.render.Mesh;
import dev.continuo.simulation.render.Rasteriser;
import dev.continuo.simulation.render.Sensor;
import dev.continuo.simulation.render.ShadowMask;
import dev.continuo.simulation.render.Stage;
import dev.continuo.simulation.render.View;

/**
 * Draws what the camera at the robot's right side sees of the toys' table. One thread at a time; no allocation while the appearance stays the same.
 */
public final class ToyRenderer {
    private static final int JOINTS = 7;
    private static final int TABLE_CELLS = 6;
    /** A picture stands off its block by so much, so that it is in front of it, metres. */
    private static final double PROUD = 0.0003;
    private static final Mesh[] BLOCKS = new Mesh[ToyTable.THINGS * Toy.Role.values().length];
    private static final double[] UP = {0, 0, 1};

    static {
        for (final Toy.Role role : Toy.Role.values()) {
            for (int thing = 0; thing < ToyTable.THINGS; thing++) {
                BLOCKS[role.ordinal() * ToyTable.THINGS + thing] =
                    new Mesh.Builder().box(FrankaMeshes.MATERIALS + thing, 0, 0, 0, role.width(), role.width(), role.height()).build();
            }
        }
    }

    private final Rasteriser picture = new Rasteriser(2 * ToyCamera.WIDTH, 2 * ToyCamera.HEIGHT);
    private final Rasteriser still = new Rasteriser(2 * ToyCamera.WIDTH, 2 * ToyCamera.HEIGHT);
    private final View view = new View(2 * ToyCamera.WIDTH, 2 * ToyCamera.HEIGHT, ToyCamera.FIELD_OF_VIEW);
    private final ShadowMask shadows = new ShadowMask(ToyCamera.WIDTH, ToyCamera.HEIGHT);
    private final Stage stage = new Stage(view, shadows, 0);
    private final Sensor sensor = new Sensor(ToyCamera.WIDTH, ToyCamera.HEIGHT);
    private final ForwardKinematics arm = new ForwardKinematics(FrankaChains.FR3, ToyTable.BASE);
    private final Pose pose = new Pose();
    private final Pose hand = new Pose();
    private final double[] corners = new double[12];
    private final double[] normal = new double[3];
    private ToyAppearance drawn;

    /** A renderer of the camera's own resolution. */
    public ToyRenderer() {
    }

    /** Bytes of one picture. */
    public int byteCount() {
        return 3 * ToyCamera.WIDTH * ToyCamera.HEIGHT;
    }

    /**
     * Draws a scene.
     *
     * @param rgb receives red, green, blue of each pixel, row by row from the top left
     */
    public void render(final ToyTrial trial, final ToyScene scene, final ToyAppearance appearance, final byte[] rgb) {
        drawStill(appearance);
        picture.restore(still);
        shadows.clear();
        drawAll(trial, scene, appearance, true);
        shadows.darken(picture, appearance.look);
        stage.target(picture);
        drawAll(trial, scene, appearance, false);
        sensor.expose(picture, appearance.look, scene.timeNanos, rgb);
    }

    private void drawStill(final ToyAppearance appearance) {
        if (appearance == drawn) {
            return;
        }
        drawn = appearance;
        appearance.camera().aim(view);
        stage.light(appearance.look);
        stage.target(still);
        still.clear();
        for (int row = 0; row < TABLE_CELLS; row++) {
            for (int column = 0; column < TABLE_CELLS; column++) {
                stage.drawTable(appearance.table, row, column, TABLE_CELLS);
            }
        }
    }

    private void drawAll(final ToyTrial trial, final ToyScene scene, final ToyAppearance appearance, final boolean shadow) {
        for (int thing = 0; thing < ToyTable.THINGS; thing++) {
            final Toy.Role role = trial.things().get(thing).role();
            pose.set(scene.x(thing), scene.y(thing), scene.z(thing), 0, 0, scene.yaw[thing]);
            put(BLOCKS[role.ordinal() * ToyTable.THINGS + thing], pose, shadow, false);
            if (!shadow && appearance.pictures[thing] != null) {
                drawPictures(thing, role, appearance);
            }
        }
        drawArm(scene, shadow);
    }

    /** On all four sides and on top, where it stands upright for the camera. */
    private void drawPictures(final int thing, final Toy.Role role, final ToyAppearance appearance) {
        final double half = role.width() / 2;
        final double up = role.height() / 2;
        for (int side = 0; side < 4; side++) {
            // The side that faces -y at first, then turned about the vertical.
            final double cos = side % 2 == 0 ? 1 - side : 0;
            final double sin = side % 2 == 0 ? 0 : 2 - side;
            corner(0, cos, sin, -half, -half - PROUD, up);
            corner(1, cos, sin, half, -half - PROUD, up);
            corner(2, cos, sin, half, -half - PROUD, -up);
            corner(3, cos, sin, -half, -half - PROUD, -up);
            normal[0] = sin;
            normal[1] = -cos;
            normal[2] = 0;
            stage.drawPanel(pose, corners, normal, appearance.pictures[thing]);
        }
        corner(0, 1, 0, -half, half, up + PROUD);
        corner(1, 1, 0, half, half, up + PROUD);
        corner(2, 1, 0, half, -half, up + PROUD);
        corner(3, 1, 0, -half, -half, up + PROUD);
        stage.drawPanel(pose, corners, UP, appearance.pictures[thing]);
    }

    private void corner(final int corner, final double cos, final double sin, final double x, final double y, final double z) {
        corners[3 * corner] = cos * x - sin * y;
        corners[3 * corner + 1] = sin * x + cos * y;
        corners[3 * corner + 2] = z;
    }

    private void drawArm(final ToyScene scene, final boolean shadow) {
        arm.update(scene.axes);
        pose.set(ToyTable.BASE.x(), ToyTable.BASE.y(), ToyTable.BASE.z(), 0, 0, ToyTable.BASE.yawRadians());
        put(FrankaMeshes.BASE, pose, shadow, false);
        for (int link = 0; link < JOINTS; link++) {
            arm.linkPose(link, pose);
            put(FrankaMeshes.LINKS[link], pose, shadow, false);
        }
        turnHand();
        put(FrankaMeshes.HAND, hand, shadow, false);
        final double half = Math.clamp(scene.axes[JOINTS], 0, SimulatedHand.WIDEST) / 2;
        finger(half);
        put(FrankaMeshes.FINGERS_HALF, pose, shadow, false);
        finger(-half);
        put(FrankaMeshes.FINGERS_HALF, pose, shadow, true);
    }

    private void turnHand() {
        System.arraycopy(pose.position, 0, hand.position, 0, 3);
        final double cos = Math.cos(FrankaChains.HAND_TURN);
        final double sin = Math.sin(FrankaChains.HAND_TURN);
        for (int row = 0; row < 9; row += 3) {
            hand.rotation[row] = cos * pose.rotation[row] + sin * pose.rotation[row + 1];
            hand.rotation[row + 1] = cos * pose.rotation[row + 1] - sin * pose.rotation[row];
            hand.rotation[row + 2] = pose.rotation[row + 2];
        }
    }

    /** The hand's frame moved sideways; the other finger is the same one mirrored. */
    private void finger(final double along) {
        pose.set(hand);
        for (int i = 0; i < 3; i++) {
            pose.position[i] += hand.rotation[3 * i + 1] * along;
        }
    }

    private void put(final Mesh mesh, final Pose at, final boolean shadow, final boolean mirrored) {
        if (shadow) {
            stage.cast(mesh, at);
        } else {
            stage.draw(mesh, at, mirrored);
        }
    }
}
