package dev.continuo.hardware.kinematics;

import java.util.ArrayList;
import java.util.List;
import us.ihmc.euclid.matrix.Matrix3D;
import us.ihmc.euclid.referenceFrame.ReferenceFrame;
import us.ihmc.euclid.transform.RigidBodyTransform;
import us.ihmc.euclid.tuple3D.Vector3D;
import us.ihmc.mecano.algorithms.CompositeRigidBodyMassMatrixCalculator;
import us.ihmc.mecano.algorithms.GeometricJacobianCalculator;
import us.ihmc.mecano.algorithms.InverseDynamicsCalculator;
import us.ihmc.mecano.multiBodySystem.RevoluteJoint;
import us.ihmc.mecano.multiBodySystem.RigidBody;
import us.ihmc.mecano.multiBodySystem.interfaces.RigidBodyBasics;

/** The same chain in IHMC's mecano: an independent implementation to compare with. */
final class MecanoArm {
    private final RigidBodyBasics base = new RigidBody("base", ReferenceFrame.getWorldFrame());
    private final List<RevoluteJoint> joints = new ArrayList<>();
    private final RigidBodyBasics last;
    private final RigidBodyTransform tool = new RigidBodyTransform();

    MecanoArm(final SerialChain chain) {
        RigidBodyBasics parent = base;
        for (int i = 0; i < chain.jointCount(); i++) {
            final SerialChain.Joint joint = chain.joint(i);
            final RigidBodyTransform transform = new RigidBodyTransform();
            transform.getRotation().setToRollOrientation(joint.rollRadians());
            transform.getTranslation().set(joint.origin());
            final Vector3D axis = new Vector3D();
            axis.setElement(joint.axis().ordinal(), 1);
            final RevoluteJoint revolute = new RevoluteJoint("joint" + i, parent, transform, axis);
            final double[] n = joint.inertia();
            final Matrix3D inertia = new Matrix3D(n[0], n[1], n[2], n[1], n[3], n[4], n[2], n[4], n[5]);
            parent = new RigidBody("link" + i, revolute, inertia, joint.mass(), new Vector3D(joint.centre()));
            joints.add(revolute);
        }
        last = parent;
        tool.getTranslation().set(chain.toolOffset);
    }

    void move(final double[] position, final double[] velocity, final double[] acceleration) {
        for (int i = 0; i < joints.size(); i++) {
            joints.get(i).setQ(position[i]);
            joints.get(i).setQd(velocity[i]);
            joints.get(i).setQdd(acceleration[i]);
        }
        base.updateFramesRecursively();
    }

    Pose linkPose(final int link) {
        return pose(joints.get(link).getFrameAfterJoint().getTransformToRoot());
    }

    Pose toolPose() {
        final RigidBodyTransform transform = new RigidBodyTransform(joints.getLast().getFrameAfterJoint().getTransformToRoot());
        transform.multiply(tool);
        return pose(transform);
    }

    double[] inverseDynamics() {
        final InverseDynamicsCalculator calculator = new InverseDynamicsCalculator(base);
        calculator.setGravitationalAcceleration(-ChainDynamics.GRAVITY);
        calculator.compute();
        return calculator.getJointTauMatrix().getData().clone();
    }

    double[] massMatrix() {
        return new CompositeRigidBodyMassMatrixCalculator(base).getMassMatrix().getData().clone();
    }

    /** Rows as in {@link ForwardKinematics#jacobian}: linear before angular, in world axes at the tool's origin. */
    double[] jacobian() {
        final Pose at = toolPose();
        final RigidBodyTransform transform = new RigidBodyTransform();
        transform.getTranslation().set(at.position);
        final ReferenceFrame frame = us.ihmc.euclid.referenceFrame.tools.ReferenceFrameTools
            .constructFrameWithUnchangingTransformToParent("tool" + System.nanoTime(), ReferenceFrame.getWorldFrame(), transform);
        final GeometricJacobianCalculator calculator = new GeometricJacobianCalculator();
        calculator.setKinematicChain(base, last);
        calculator.setJacobianFrame(frame);
        final double[] angularFirst = calculator.getJacobianMatrix().getData();
        final int half = 3 * joints.size();
        final double[] linearFirst = new double[2 * half];
        System.arraycopy(angularFirst, half, linearFirst, 0, half);
        System.arraycopy(angularFirst, 0, linearFirst, half, half);
        return linearFirst;
    }

    private static Pose pose(final RigidBodyTransform transform) {
        final Pose pose = new Pose();
        transform.getTranslation().get(pose.position);
        transform.getRotation().get(pose.rotation);
        return pose;
    }
}
