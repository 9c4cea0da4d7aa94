package dev.continuo.simulation.render;

import dev.continuo.hardware.kinematics.ArxChains;
import dev.continuo.hardware.kinematics.ForwardKinematics;
import dev.continuo.hardware.kinematics.Pose;
import dev.continuo.simulation.scene.CellGeometry;
import dev.continuo.simulation.scene.SceneState;

/**
 * Draws what the top camera sees. One thread at a time; no allocation while the appearance stays the same.
 *
 * <p>Table and board are drawn once per appearance and board pose, then copied under what moves.
 */
public final class SceneRenderer {
    private static final int JOINTS = 6;
    private static final int TABLE_CELLS = 6;
    /** Opening of the gripper past which nothing more is drawn open, metres. */
    private static final double MAX_OPENING = 0.10;
    /** How much nearer, as a share of the distance, something must be to hide a point: about 8 mm of the 0.8 m to the table. */
    private static final double HIDDEN_BY = 0.01;

    private final Rasteriser picture;
    private final Rasteriser still;
    private final View view;
    private final ShadowMask shadows;
    private final Stage stage;
    private final Sensor sensor;
    private final ForwardKinematics[] arms = {
        new ForwardKinematics(ArxChains.R5, CellGeometry.LEFT_BASE), new ForwardKinematics(ArxChains.R5, CellGeometry.RIGHT_BASE)};
    private final double[] joints = new double[JOINTS];
    private final Pose pose = new Pose();
    private final Pose fingerPose = new Pose();
    private final float[] located = new float[3];
    private final int byteCount;

    private Appearance drawn;
    private double drawnX;
    private double drawnY;
    private double drawnYaw;

    /** A renderer of the top camera's own resolution. */
    public SceneRenderer() {
        this(CellGeometry.CAMERA_WIDTH, CellGeometry.CAMERA_HEIGHT);
    }

    /** A renderer of pictures of the given size in pixels; the vertical field of view stays. */
    public SceneRenderer(final int width, final int height) {
        picture = new Rasteriser(2 * width, 2 * height);
        still = new Rasteriser(2 * width, 2 * height);
        view = new View(2 * width, 2 * height);
        shadows = new ShadowMask(width, height);
        stage = new Stage(view, shadows, CellGeometry.BOARD_THICKNESS);
        sensor = new Sensor(width, height);
        byteCount = 3 * width * height;
    }

    /** Bytes of one picture. */
    public int byteCount() {
        return byteCount;
    }

    /**
     * Draws a scene.
     *
     * @param rgb receives red, green, blue of each pixel, row by row from the top left
     */
    public void render(final SceneState state, final Appearance appearance, final byte[] rgb) {
        drawStill(state, appearance);
        picture.restore(still);
        shadows.clear();
        castAll(state);
        shadows.darken(picture, appearance.look);
        stage.target(picture);
        for (int card = 0; card < CellGeometry.CARDS; card++) {
            cardPose(state, card);
            stage.draw(ArmMeshes.CARD_BODY, pose, false);
            stage.drawCardFace(pose, appearance.cards[card]);
        }
        drawArms(state, false);
        sensor.expose(picture, appearance.look, state.timeNanos, rgb);
    }

    /**
     * Where a point of the world is in the picture that was drawn last.
     *
     * @param pixel receives column and row, counted from the top left corner
     * @return whether it is seen: inside the picture and behind nothing
     */
    public boolean locate(final double x, final double y, final double z, final double[] pixel) {
        if (!view.project(x, y, z, located, 0)) {
            return false;
        }
        pixel[0] = located[0] / 2;
        pixel[1] = located[1] / 2;
        final int column = (int) Math.floor(located[0]);
        final int row = (int) Math.floor(located[1]);
        return column >= 0 && column < picture.width && row >= 0 && row < picture.height
            && picture.depth[row * picture.width + column] < located[2] * (1 + HIDDEN_BY);
    }

    private void drawStill(final SceneState state, final Appearance appearance) {
        if (appearance == drawn && state.boardX == drawnX && state.boardY == drawnY && state.boardYaw == drawnYaw) {
            return;
        }
        drawn = appearance;
        drawnX = state.boardX;
        drawnY = state.boardY;
        drawnYaw = state.boardYaw;
        view.place(appearance.look.cameraOffset);
        stage.light(appearance.look);
        stage.target(still);
        still.clear();
        for (int i = 0; i < TABLE_CELLS; i++) {
            for (int j = 0; j < TABLE_CELLS; j++) {
                stage.drawTable(appearance.table, i, j, TABLE_CELLS);
            }
        }
        stage.drawBoard(state, appearance.board);
    }

    private void castAll(final SceneState state) {
        for (int card = 0; card < CellGeometry.CARDS; card++) {
            cardPose(state, card);
            stage.cast(ArmMeshes.CARD_BODY, pose);
        }
        drawArms(state, true);
    }

    private void drawArms(final SceneState state, final boolean shadow) {
        for (int arm = 0; arm < arms.length; arm++) {
            final int offset = (JOINTS + 1) * arm;
            System.arraycopy(state.axes, offset, joints, 0, JOINTS);
            arms[arm].update(joints);
            pose.set(arm == 0 ? CellGeometry.LEFT_BASE.x() : CellGeometry.RIGHT_BASE.x(),
                arm == 0 ? CellGeometry.LEFT_BASE.y() : CellGeometry.RIGHT_BASE.y(), 0, 0, 0, 0);
            put(ArmMeshes.BASE, pose, shadow, false);
            for (int link = 0; link < JOINTS; link++) {
                arms[arm].linkPose(link, pose);
                put(ArmMeshes.LINKS[link], pose, shadow, false);
            }
            final double half = Math.clamp(state.axes[offset + JOINTS], 0, MAX_OPENING) / 2;
            fingerPose(half);
            put(ArmMeshes.FINGER, fingerPose, shadow, false);
            fingerPose(-half);
            put(ArmMeshes.FINGER, fingerPose, shadow, true);
        }
    }

    private void put(final Mesh mesh, final Pose at, final boolean shadow, final boolean mirrored) {
        if (shadow) {
            stage.cast(mesh, at);
        } else {
            stage.draw(mesh, at, mirrored);
        }
    }

    /** The last link's frame moved sideways; the other finger is the same one mirrored. */
    private void fingerPose(final double along) {
        System.arraycopy(pose.rotation, 0, fingerPose.rotation, 0, 9);
        for (int i = 0; i < 3; i++) {
            fingerPose.position[i] = pose.position[i] + pose.rotation[3 * i + 1] * along;
        }
    }

    private void cardPose(final SceneState state, final int card) {
        System.arraycopy(state.cardPosition, 3 * card, pose.position, 0, 3);
        final double x = state.cardOrientation[4 * card];
        final double y = state.cardOrientation[4 * card + 1];
        final double z = state.cardOrientation[4 * card + 2];
        final double w = state.cardOrientation[4 * card + 3];
        pose.rotation[0] = 1 - 2 * (y * y + z * z);
        pose.rotation[1] = 2 * (x * y - z * w);
        pose.rotation[2] = 2 * (x * z + y * w);
        pose.rotation[3] = 2 * (x * y + z * w);
        pose.rotation[4] = 1 - 2 * (x * x + z * z);
        pose.rotation[5] = 2 * (y * z - x * w);
        pose.rotation[6] = 2 * (x * z - y * w);
        pose.rotation[7] = 2 * (y * z + x * w);
        pose.rotation[8] = 1 - 2 * (x * x + y * y);
    }
}
