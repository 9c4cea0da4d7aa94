package dev.continuo.hardware.kinematics;

import dev.continuo.config.AxisVector;
import dev.continuo.hardware.GravityModel;

/**
 * The equations of motion of a chain: {@code (M(q) + rotors) q'' + c(q, q') + g(q) + friction(q') = torque}.
 *
 * <p>Bias forces by the recursive Newton-Euler algorithm, the mass matrix by composite bodies, both in base coordinates. Masses and
 * inertias are those of the makers' robot descriptions, not identified values; rotors and friction are estimates.
 */
public final class ChainDynamics implements GravityModel {
    /** The makers' value, m/s^2, along the base's -z. */
    public static final double GRAVITY = 9.807;
    /** Speed at which Coulomb friction reaches three quarters of its full value, rad/s. */
    private static final double FRICTION_ROUNDING = 0.05;

    /**
     * What the robot descriptions leave out, per joint.
     *
     * @param rotorInertia inertia of the motor's rotor seen at the joint, kg m^2
     * @param viscous      friction torque per speed, Nm s/rad
     * @param coulomb      friction torque that does not depend on speed, Nm
     */
    public record Drive(AxisVector rotorInertia, AxisVector viscous, AxisVector coulomb) {
        /** Links alone. */
        public static Drive none(final int joints) {
            return new Drive(AxisVector.uniform(joints, 0), AxisVector.uniform(joints, 0), AxisVector.uniform(joints, 0));
        }
    }

    private final ForwardKinematics forward;
    private final int count;
    private final double[] mass;
    private final double[] centre;
    private final double[] inertia;
    private final double[] rotorInertia;
    private final double[] viscous;
    private final double[] coulomb;
    /** Centres of mass in base coordinates, at 3 i. */
    private final double[] worldCentre;
    /** Inertias about the centres in base coordinates, at 9 i. */
    private final double[] worldInertia;
    private final double[] force;
    private final double[] moment;
    private final double[] massMatrix;
    private final double[] bias;
    private final double[] solution;
    private final double[] zero;
    private final double[] noDamping;

    /** The links of {@code chain} alone, without rotors and friction. */
    public ChainDynamics(final SerialChain chain) {
        this(chain, Drive.none(chain.jointCount()));
    }

    /** The links of {@code chain}, driven through {@code drive}. */
    public ChainDynamics(final SerialChain chain, final Drive drive) {
        forward = new ForwardKinematics(chain);
        count = chain.jointCount();
        mass = new double[count];
        centre = new double[3 * count];
        inertia = new double[9 * count];
        for (int i = 0; i < count; i++) {
            mass[i] = chain.joint(i).mass();
            System.arraycopy(chain.joint(i).centre(), 0, centre, 3 * i, 3);
            final double[] six = chain.joint(i).inertia();
            final double[] full = {six[0], six[1], six[2], six[1], six[3], six[4], six[2], six[4], six[5]};
            System.arraycopy(full, 0, inertia, 9 * i, 9);
        }
        rotorInertia = drive.rotorInertia.toArray();
        viscous = drive.viscous.toArray();
        coulomb = drive.coulomb.toArray();
        worldCentre = new double[3 * count];
        worldInertia = new double[9 * count];
        force = new double[3 * count];
        moment = new double[3 * count];
        massMatrix = new double[count * count];
        bias = new double[count];
        solution = new double[count];
        zero = new double[count];
        noDamping = new double[count];
    }

    @Override
    public void torques(final double[] position, final double[] torque) {
        place(position);
        // The weight beyond joint i turns about it with the sum of weights times their mean lever.
        double weight = 0;
        double weightX = 0;
        double weightY = 0;
        for (int i = count - 1; i >= 0; i--) {
            weight += mass[i] * GRAVITY;
            weightX += mass[i] * GRAVITY * worldCentre[3 * i];
            weightY += mass[i] * GRAVITY * worldCentre[3 * i + 1];
            final double leverX = weightX - weight * forward.origin[3 * i];
            final double leverY = weightY - weight * forward.origin[3 * i + 1];
            torque[i] = forward.axis[3 * i] * leverY - forward.axis[3 * i + 1] * leverX;
        }
    }

    /**
     * The torques of the links for a motion, without rotors and friction.
     *
     * @param position     joint angles, rad
     * @param velocity     rad/s
     * @param acceleration rad/s^2
     * @param torque       receives Nm
     */
    public void inverseDynamics(
        final double[] position, final double[] velocity, final double[] acceleration, final double[] torque) {
        placeBodies(position);
        newtonEuler(velocity, acceleration, torque);
    }

    /**
     * The mass matrix of links and rotors.
     *
     * @param matrix receives joints x joints values, kg m^2
     */
    public void massMatrix(final double[] position, final double[] matrix) {
        placeBodies(position);
        compositeBodies(matrix);
    }

    /**
     * The accelerations that torques cause, friction included.
     *
     * @param position     joint angles, rad
     * @param velocity     rad/s
     * @param torque       motor torques, Nm
     * @param acceleration receives rad/s^2
     */
    public void forwardDynamics(
        final double[] position, final double[] velocity, final double[] torque, final double[] acceleration) {
        solve(position, velocity, torque, noDamping, 0);
        System.arraycopy(solution, 0, acceleration, 0, count);
    }

    /**
     * Advances the arm by one time step: velocity implicitly in friction and damping, then position with the new velocity. Stable for
     * stiff friction and for drives whose damping is much faster than the step.
     *
     * @param position joint angles, rad, overwritten
     * @param velocity rad/s, overwritten
     * @param torque   motor torques, Nm
     * @param damping  how much each torque falls per rad/s of joint speed (the drive's kd), Nm s/rad; the torque given is that at the
     *                 present velocity
     * @param seconds  the step, at most a few milliseconds
     */
    public void step(
        final double[] position, final double[] velocity, final double[] torque, final double[] damping, final double seconds) {
        solve(position, velocity, torque, damping, seconds);
        for (int i = 0; i < count; i++) {
            velocity[i] += seconds * solution[i];
            position[i] += seconds * velocity[i];
        }
    }

    /** The energy of links and rotors, J: kinetic plus potential above the base. */
    public double energy(final double[] position, final double[] velocity) {
        placeBodies(position);
        compositeBodies(massMatrix);
        double energy = 0;
        for (int i = 0; i < count; i++) {
            energy += mass[i] * GRAVITY * worldCentre[3 * i + 2];
            for (int j = 0; j < count; j++) {
                energy += 0.5 * velocity[i] * massMatrix[i * count + j] * velocity[j];
            }
        }
        return energy;
    }

    /** solution = (M + h D)^-1 (torque - bias - friction), where D is the slope of friction and damping. */
    private void solve(
        final double[] position, final double[] velocity, final double[] torque, final double[] damping, final double seconds) {
        placeBodies(position);
        newtonEuler(velocity, zero, bias);
        compositeBodies(massMatrix);
        for (int i = 0; i < count; i++) {
            final double rounded = Math.tanh(velocity[i] / FRICTION_ROUNDING);
            final double slope = viscous[i] + coulomb[i] / FRICTION_ROUNDING * (1 - rounded * rounded);
            solution[i] = torque[i] - bias[i] - viscous[i] * velocity[i] - coulomb[i] * rounded;
            massMatrix[i * count + i] += seconds * (slope + damping[i]);
        }
        if (!SymmetricSolver.solve(massMatrix, solution, count)) {
            throw new IllegalStateException("mass matrix of " + forward.chain() + " is not positive definite");
        }
    }

    /** Frames, centres of mass and inertias for joint angles. */
    private void place(final double[] position) {
        forward.update(position);
        final double[] rotation = forward.rotation;
        for (int i = 0; i < count; i++) {
            final int r = 9 * i;
            final double cx = centre[3 * i];
            final double cy = centre[3 * i + 1];
            final double cz = centre[3 * i + 2];
            for (int row = 0; row < 3; row++) {
                final int k = r + 3 * row;
                worldCentre[3 * i + row] =
                    forward.origin[3 * i + row] + rotation[k] * cx + rotation[k + 1] * cy + rotation[k + 2] * cz;
            }
        }
    }

    /** worldInertia[i] = R I R'. */
    private void turnInertia(final int link) {
        final double[] rotation = forward.rotation;
        final int r = 9 * link;
        for (int row = 0; row < 3; row++) {
            final double a = rotation[r + 3 * row];
            final double b = rotation[r + 3 * row + 1];
            final double c = rotation[r + 3 * row + 2];
            final double x = a * inertia[r] + b * inertia[r + 3] + c * inertia[r + 6];
            final double y = a * inertia[r + 1] + b * inertia[r + 4] + c * inertia[r + 7];
            final double z = a * inertia[r + 2] + b * inertia[r + 5] + c * inertia[r + 8];
            for (int column = 0; column <= row; column++) {
                final double value =
                    x * rotation[r + 3 * column] + y * rotation[r + 3 * column + 1] + z * rotation[r + 3 * column + 2];
                worldInertia[r + 3 * row + column] = value;
                worldInertia[r + 3 * column + row] = value;
            }
        }
    }

    private void placeBodies(final double[] position) {
        place(position);
        for (int i = 0; i < count; i++) {
            turnInertia(i);
        }
    }

    /** The recursive Newton-Euler algorithm in base coordinates; gravity is an upward acceleration of the base. */
    private void newtonEuler(final double[] velocity, final double[] acceleration, final double[] torque) {
        double wx = 0;
        double wy = 0;
        double wz = 0;
        double ex = 0;
        double ey = 0;
        double ez = 0;
        double ax = 0;
        double ay = 0;
        double az = GRAVITY;
        for (int i = 0; i < count; i++) {
            final int o = 3 * i;
            if (i > 0) {
                // The joint's origin moves with the previous link: a += e x r + w x (w x r).
                final double rx = forward.origin[o] - forward.origin[o - 3];
                final double ry = forward.origin[o + 1] - forward.origin[o - 2];
                final double rz = forward.origin[o + 2] - forward.origin[o - 1];
                final double dot = wx * rx + wy * ry + wz * rz;
                final double square = wx * wx + wy * wy + wz * wz;
                ax += ey * rz - ez * ry + wx * dot - rx * square;
                ay += ez * rx - ex * rz + wy * dot - ry * square;
                az += ex * ry - ey * rx + wz * dot - rz * square;
            }
            final double zx = forward.axis[o];
            final double zy = forward.axis[o + 1];
            final double zz = forward.axis[o + 2];
            final double speed = velocity[i];
            ex += zx * acceleration[i] + (wy * zz - wz * zy) * speed;
            ey += zy * acceleration[i] + (wz * zx - wx * zz) * speed;
            ez += zz * acceleration[i] + (wx * zy - wy * zx) * speed;
            wx += zx * speed;
            wy += zy * speed;
            wz += zz * speed;
            linkForces(i, wx, wy, wz, ex, ey, ez, ax, ay, az);
        }
        project(torque);
    }

    /** Force on the link's centre of mass and moment about it, for its angular motion (w, e) and its origin's acceleration a. */
    private void linkForces(final int link, final double wx, final double wy, final double wz,
                            final double ex, final double ey, final double ez,
                            final double ax, final double ay, final double az) {
        final int o = 3 * link;
        final double sx = worldCentre[o] - forward.origin[o];
        final double sy = worldCentre[o + 1] - forward.origin[o + 1];
        final double sz = worldCentre[o + 2] - forward.origin[o + 2];
        final double dot = wx * sx + wy * sy + wz * sz;
        final double square = wx * wx + wy * wy + wz * wz;
        force[o] = mass[link] * (ax + ey * sz - ez * sy + wx * dot - sx * square);
        force[o + 1] = mass[link] * (ay + ez * sx - ex * sz + wy * dot - sy * square);
        force[o + 2] = mass[link] * (az + ex * sy - ey * sx + wz * dot - sz * square);
        final int k = 9 * link;
        final double hx = worldInertia[k] * wx + worldInertia[k + 1] * wy + worldInertia[k + 2] * wz;
        final double hy = worldInertia[k + 3] * wx + worldInertia[k + 4] * wy + worldInertia[k + 5] * wz;
        final double hz = worldInertia[k + 6] * wx + worldInertia[k + 7] * wy + worldInertia[k + 8] * wz;
        moment[o] = worldInertia[k] * ex + worldInertia[k + 1] * ey + worldInertia[k + 2] * ez + wy * hz - wz * hy;
        moment[o + 1] = worldInertia[k + 3] * ex + worldInertia[k + 4] * ey + worldInertia[k + 5] * ez + wz * hx - wx * hz;
        moment[o + 2] = worldInertia[k + 6] * ex + worldInertia[k + 7] * ey + worldInertia[k + 8] * ez + wx * hy - wy * hx;
    }

    /** Sums forces and moments from the tool to the base and projects them on the joint axes. */
    private void project(final double[] torque) {
        double fx = 0;
        double fy = 0;
        double fz = 0;
        // Moment of all distal forces about the base's origin.
        double nx = 0;
        double ny = 0;
        double nz = 0;
        for (int i = count - 1; i >= 0; i--) {
            final int o = 3 * i;
            final double cx = worldCentre[o];
            final double cy = worldCentre[o + 1];
            final double cz = worldCentre[o + 2];
            fx += force[o];
            fy += force[o + 1];
            fz += force[o + 2];
            nx += moment[o] + cy * force[o + 2] - cz * force[o + 1];
            ny += moment[o + 1] + cz * force[o] - cx * force[o + 2];
            nz += moment[o + 2] + cx * force[o + 1] - cy * force[o];
            final double px = forward.origin[o];
            final double py = forward.origin[o + 1];
            final double pz = forward.origin[o + 2];
            torque[i] = forward.axis[o] * (nx - py * fz + pz * fy) + forward.axis[o + 1] * (ny - pz * fx + px * fz)
                + forward.axis[o + 2] * (nz - px * fy + py * fx);
        }
    }

    /**
     * The mass matrix by composite bodies: a unit acceleration of joint j moves all links beyond it as one rigid body, whose first
     * and second moments about the base's origin are accumulated from the tool inwards.
     */
    private void compositeBodies(final double[] matrix) {
        double m = 0;
        double mx = 0;
        double my = 0;
        double mz = 0;
        double ixx = 0;
        double ixy = 0;
        double ixz = 0;
        double iyy = 0;
        double iyz = 0;
        double izz = 0;
        for (int j = count - 1; j >= 0; j--) {
            final int o = 3 * j;
            final int k = 9 * j;
            final double cx = worldCentre[o];
            final double cy = worldCentre[o + 1];
            final double cz = worldCentre[o + 2];
            m += mass[j];
            mx += mass[j] * cx;
            my += mass[j] * cy;
            mz += mass[j] * cz;
            ixx += worldInertia[k] + mass[j] * (cy * cy + cz * cz);
            ixy += worldInertia[k + 1] - mass[j] * cx * cy;
            ixz += worldInertia[k + 2] - mass[j] * cx * cz;
            iyy += worldInertia[k + 4] + mass[j] * (cx * cx + cz * cz);
            iyz += worldInertia[k + 5] - mass[j] * cy * cz;
            izz += worldInertia[k + 8] + mass[j] * (cx * cx + cy * cy);
            final double zx = forward.axis[o];
            final double zy = forward.axis[o + 1];
            final double zz = forward.axis[o + 2];
            // Velocity field of a unit rotation about joint j: v(x) = z x x + u with u = p x z.
            final double ux = forward.origin[o + 1] * zz - forward.origin[o + 2] * zy;
            final double uy = forward.origin[o + 2] * zx - forward.origin[o] * zz;
            final double uz = forward.origin[o] * zy - forward.origin[o + 1] * zx;
            // Linear and angular momentum of the composite body about the base's origin.
            final double lx = m * ux + zy * mz - zz * my;
            final double ly = m * uy + zz * mx - zx * mz;
            final double lz = m * uz + zx * my - zy * mx;
            final double hx = ixx * zx + ixy * zy + ixz * zz + my * uz - mz * uy;
            final double hy = ixy * zx + iyy * zy + iyz * zz + mz * ux - mx * uz;
            final double hz = ixz * zx + iyz * zy + izz * zz + mx * uy - my * ux;
            for (int i = 0; i <= j; i++) {
                final int a = 3 * i;
                final double px = forward.origin[a];
                final double py = forward.origin[a + 1];
                final double pz = forward.origin[a + 2];
                final double value = forward.axis[a] * (hx - py * lz + pz * ly)
                    + forward.axis[a + 1] * (hy - pz * lx + px * lz) + forward.axis[a + 2] * (hz - px * ly + py * lx);
                matrix[i * count + j] = value;
                matrix[j * count + i] = value;
            }
            matrix[j * count + j] += rotorInertia[j];
        }
    }
}
