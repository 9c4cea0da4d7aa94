package dev.continuo.simulation.physics;

import static dev.continuo.simulation.physics.ArmModel.JOINTS;

import java.util.Arrays;

/**
 * Rigid-body dynamics of one arm in its base frame: where its links are, what gravity and motion ask of its joints, and how it
 * accelerates.
 *
 * <p>Composite rigid bodies for the inertia matrix, Newton-Euler for the bias torques, Cholesky for the acceleration; all of it in the
 * base frame, where neither needs transforms between links. Allocates nothing after construction. Call {@link #update} first.
 */
public final class ArmDynamics {
    /** The SDKs' gravity, m/s². */
    public static final double GRAVITY = 9.807;
    /** The index of the tool frame, one past the last link. */
    public static final int TOOL = JOINTS;

    private final ArmModel model;
    private final double[][] rotation = new double[JOINTS + 1][9];
    private final double[][] origin = new double[JOINTS + 1][3];
    private final double[][] axis = new double[JOINTS][3];
    private final double[][] centre = new double[JOINTS][3];
    private final double[][] inertia = new double[JOINTS][9];
    private final double[][] massMatrix = new double[JOINTS][JOINTS];
    private final double[] bias = new double[JOINTS];
    private final NewtonEuler newtonEuler = new NewtonEuler();
    private final double[] compositeCentre = new double[3];
    private final double[] compositeInertia = new double[9];
    private final double[] scratch = new double[9];

    /** The dynamics of an arm of the given type. */
    public ArmDynamics(final ArmModel model) {
        this.model = model;
    }

    /** The arm's type. */
    ArmModel model() {
        return model;
    }

    /** Takes in the joint angles, radians: computes the frames of all links and of the tool. */
    public void update(final double[] q) {
        for (int i = 0; i < JOINTS; i++) {
            final double[] own = rotation[i];
            if (i == 0) {
                identity(own);
                set(origin[0], model.origin(0, 0), model.origin(0, 1), model.origin(0, 2));
            } else {
                System.arraycopy(rotation[i - 1], 0, own, 0, 9);
                transform(rotation[i - 1], origin[i - 1], model.origin(i, 0), model.origin(i, 1), model.origin(i, 2), origin[i]);
            }
            turn(own, 0, Math.cos(model.roll(i)), Math.sin(model.roll(i)));
            final int a = model.axis(i);
            set(axis[i], own[a], own[3 + a], own[6 + a]);
            turn(own, a, Math.cos(q[i]), Math.sin(q[i]));
            transform(own, origin[i], model.centre(i, 0), model.centre(i, 1), model.centre(i, 2), centre[i]);
            rotateInertia(i);
        }
        System.arraycopy(rotation[JOINTS - 1], 0, rotation[TOOL], 0, 9);
        transform(rotation[TOOL], origin[JOINTS - 1], model.toolOffset(), 0, 0, origin[TOOL]);
    }

    /** The rotation of a link's frame (or of {@link #TOOL}) in the base frame: nine numbers, row by row. Owned by this object. */
    public double[] rotation(final int link) {
        return rotation[link];
    }

    /** The origin of a link's frame (or of {@link #TOOL}) in the base frame. Owned by this object. */
    public double[] origin(final int link) {
        return origin[link];
    }

    /** The axis of a joint in the base frame, of length 1; valid until the next update. */
    double[] axis(final int joint) {
        return axis[joint];
    }

    /** The torques that hold the arm still against gravity at the joint angles of the last {@link #update}. */
    public void gravity(final double[] torque) {
        newtonEuler.run(null, null, null, torque);
    }

    /**
     * The accelerations that joint torques cause.
     *
     * @param qd       joint velocities
     * @param torque   torques of motors, friction and stops
     * @param diagonal what is added to the diagonal of the inertia matrix: rotors, and the implicit part of stiff torques
     * @param force    an outer force in the base frame, or null
     * @param at       where it acts on the last link, in the base frame
     * @param qdd      receives the accelerations
     */
    public void accelerate(final double[] qd, final double[] torque, final double[] diagonal, final double[] force,
        final double[] at, final double[] qdd) {
        newtonEuler.run(qd, force, at, bias);
        composeMassMatrix();
        for (int i = 0; i < JOINTS; i++) {
            massMatrix[i][i] += diagonal[i];
            qdd[i] = torque[i] - bias[i];
        }
        solve(massMatrix, qdd);
    }

    private void rotateInertia(final int i) {
        final double xx = model.inertia(i, 0);
        final double xy = model.inertia(i, 1);
        final double xz = model.inertia(i, 2);
        final double yy = model.inertia(i, 3);
        final double yz = model.inertia(i, 4);
        final double zz = model.inertia(i, 5);
        final double[] r = rotation[i];
        for (int row = 0; row < 3; row++) {
            final double a = r[3 * row];
            final double b = r[3 * row + 1];
            final double c = r[3 * row + 2];
            scratch[3 * row] = a * xx + b * xy + c * xz;
            scratch[3 * row + 1] = a * xy + b * yy + c * yz;
            scratch[3 * row + 2] = a * xz + b * yz + c * zz;
        }
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                inertia[i][3 * row + column] = scratch[3 * row] * r[3 * column] + scratch[3 * row + 1] * r[3 * column + 1]
                    + scratch[3 * row + 2] * r[3 * column + 2];
            }
        }
    }

    /** Column j: what the joints must supply so that joint j alone accelerates by one, carrying everything beyond it. */
    private void composeMassMatrix() {
        double mass = 0;
        set(compositeCentre, 0, 0, 0);
        Arrays.fill(compositeInertia, 0);
        for (int j = JOINTS - 1; j >= 0; j--) {
            mass = addToComposite(j, mass);
            final double[] z = axis[j];
            final double rx = compositeCentre[0] - origin[j][0];
            final double ry = compositeCentre[1] - origin[j][1];
            final double rz = compositeCentre[2] - origin[j][2];
            final double fx = mass * (z[1] * rz - z[2] * ry);
            final double fy = mass * (z[2] * rx - z[0] * rz);
            final double fz = mass * (z[0] * ry - z[1] * rx);
            final double[] c = compositeInertia;
            final double nx = c[0] * z[0] + c[1] * z[1] + c[2] * z[2];
            final double ny = c[3] * z[0] + c[4] * z[1] + c[5] * z[2];
            final double nz = c[6] * z[0] + c[7] * z[1] + c[8] * z[2];
            for (int i = 0; i <= j; i++) {
                final double lx = compositeCentre[0] - origin[i][0];
                final double ly = compositeCentre[1] - origin[i][1];
                final double lz = compositeCentre[2] - origin[i][2];
                final double value = axis[i][0] * (nx + ly * fz - lz * fy) + axis[i][1] * (ny + lz * fx - lx * fz)
                    + axis[i][2] * (nz + lx * fy - ly * fx);
                massMatrix[i][j] = value;
                massMatrix[j][i] = value;
            }
        }
    }

    private double addToComposite(final int j, final double mass) {
        final double own = model.mass(j);
        final double total = mass + own;
        final double dx = centre[j][0] - compositeCentre[0];
        final double dy = centre[j][1] - compositeCentre[1];
        final double dz = centre[j][2] - compositeCentre[2];
        final double reduced = mass * own / total;
        final double[] c = compositeInertia;
        for (int k = 0; k < 9; k++) {
            c[k] += inertia[j][k];
        }
        c[0] += reduced * (dy * dy + dz * dz);
        c[4] += reduced * (dx * dx + dz * dz);
        c[8] += reduced * (dx * dx + dy * dy);
        c[1] -= reduced * dx * dy;
        c[3] -= reduced * dx * dy;
        c[2] -= reduced * dx * dz;
        c[6] -= reduced * dx * dz;
        c[5] -= reduced * dy * dz;
        c[7] -= reduced * dy * dz;
        final double share = own / total;
        compositeCentre[0] += share * dx;
        compositeCentre[1] += share * dy;
        compositeCentre[2] += share * dz;
        return total;
    }

    /** Cholesky in place; {@code b} becomes the solution. */
    private static void solve(final double[][] a, final double[] b) {
        for (int i = 0; i < JOINTS; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = a[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= a[i][k] * a[j][k];
                }
                a[i][j] = i == j ? Math.sqrt(sum) : sum / a[j][j];
            }
        }
        for (int i = 0; i < JOINTS; i++) {
            for (int k = 0; k < i; k++) {
                b[i] -= a[i][k] * b[k];
            }
            b[i] /= a[i][i];
        }
        for (int i = JOINTS - 1; i >= 0; i--) {
            for (int k = i + 1; k < JOINTS; k++) {
                b[i] -= a[k][i] * b[k];
            }
            b[i] /= a[i][i];
        }
    }

    private static void identity(final double[] r) {
        Arrays.fill(r, 0);
        r[0] = 1;
        r[4] = 1;
        r[8] = 1;
    }

    /** Multiplies a rotation from the right by a turn about a coordinate axis. */
    private static void turn(final double[] r, final int axis, final double cos, final double sin) {
        final int u = (axis + 1) % 3;
        final int v = (axis + 2) % 3;
        for (int row = 0; row < 9; row += 3) {
            final double a = r[row + u];
            final double b = r[row + v];
            r[row + u] = a * cos + b * sin;
            r[row + v] = b * cos - a * sin;
        }
    }

    private static void transform(final double[] r, final double[] o, final double x, final double y, final double z,
        final double[] out) {
        final double ox = o[0] + r[0] * x + r[1] * y + r[2] * z;
        final double oy = o[1] + r[3] * x + r[4] * y + r[5] * z;
        final double oz = o[2] + r[6] * x + r[7] * y + r[8] * z;
        set(out, ox, oy, oz);
    }

    private static void set(final double[] v, final double x, final double y, final double z) {
        v[0] = x;
        v[1] = y;
        v[2] = z;
    }

    /** Torques for zero joint acceleration: outward velocities and accelerations, inward forces and moments. */
    private final class NewtonEuler {
        private final double[][] force = new double[JOINTS][3];
        private final double[][] moment = new double[JOINTS][3];

        /** Without velocities and force, the torques of gravity alone. */
        void run(final double[] qd, final double[] outerForce, final double[] at, final double[] torque) {
            outward(qd);
            double fx = 0;
            double fy = 0;
            double fz = 0;
            double nx = 0;
            double ny = 0;
            double nz = 0;
            // moments are taken about the joint at hand; "from" is the joint that they were taken about before
            double[] from = origin[JOINTS - 1];
            if (outerForce != null) {
                fx = -outerForce[0];
                fy = -outerForce[1];
                fz = -outerForce[2];
                from = at;
            }
            for (int i = JOINTS - 1; i >= 0; i--) {
                final double[] o = origin[i];
                final double dx = from[0] - o[0];
                final double dy = from[1] - o[1];
                final double dz = from[2] - o[2];
                nx += dy * fz - dz * fy;
                ny += dz * fx - dx * fz;
                nz += dx * fy - dy * fx;
                final double rx = centre[i][0] - o[0];
                final double ry = centre[i][1] - o[1];
                final double rz = centre[i][2] - o[2];
                final double[] f = force[i];
                nx += moment[i][0] + ry * f[2] - rz * f[1];
                ny += moment[i][1] + rz * f[0] - rx * f[2];
                nz += moment[i][2] + rx * f[1] - ry * f[0];
                fx += f[0];
                fy += f[1];
                fz += f[2];
                torque[i] = nx * axis[i][0] + ny * axis[i][1] + nz * axis[i][2];
                from = o;
            }
        }

        private void outward(final double[] qd) {
            double wx = 0;
            double wy = 0;
            double wz = 0;
            double ax = 0;
            double ay = 0;
            double az = 0;
            // a base that accelerates upwards feels like gravity
            double lx = 0;
            double ly = 0;
            double lz = GRAVITY;
            for (int i = 0; i < JOINTS; i++) {
                if (i > 0) {
                    final double dx = origin[i][0] - origin[i - 1][0];
                    final double dy = origin[i][1] - origin[i - 1][1];
                    final double dz = origin[i][2] - origin[i - 1][2];
                    final double cx = wy * dz - wz * dy;
                    final double cy = wz * dx - wx * dz;
                    final double cz = wx * dy - wy * dx;
                    lx += ay * dz - az * dy + wy * cz - wz * cy;
                    ly += az * dx - ax * dz + wz * cx - wx * cz;
                    lz += ax * dy - ay * dx + wx * cy - wy * cx;
                }
                final double speed = qd == null ? 0 : qd[i];
                final double sx = axis[i][0] * speed;
                final double sy = axis[i][1] * speed;
                final double sz = axis[i][2] * speed;
                ax += wy * sz - wz * sy;
                ay += wz * sx - wx * sz;
                az += wx * sy - wy * sx;
                wx += sx;
                wy += sy;
                wz += sz;
                final double rx = centre[i][0] - origin[i][0];
                final double ry = centre[i][1] - origin[i][1];
                final double rz = centre[i][2] - origin[i][2];
                final double cx = wy * rz - wz * ry;
                final double cy = wz * rx - wx * rz;
                final double cz = wx * ry - wy * rx;
                final double mass = model.mass(i);
                set(force[i], mass * (lx + ay * rz - az * ry + wy * cz - wz * cy),
                    mass * (ly + az * rx - ax * rz + wz * cx - wx * cz), mass * (lz + ax * ry - ay * rx + wx * cy - wy * cx));
                final double[] c = inertia[i];
                final double hx = c[0] * wx + c[1] * wy + c[2] * wz;
                final double hy = c[3] * wx + c[4] * wy + c[5] * wz;
                final double hz = c[6] * wx + c[7] * wy + c[8] * wz;
                set(moment[i], c[0] * ax + c[1] * ay + c[2] * az + wy * hz - wz * hy,
                    c[3] * ax + c[4] * ay + c[5] * az + wz * hx - wx * hz, c[6] * ax + c[7] * ay + c[8] * az + wx * hy - wy * hx);
            }
        }
    }
}
