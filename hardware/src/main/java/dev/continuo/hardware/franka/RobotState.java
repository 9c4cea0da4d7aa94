package dev.continuo.hardware.franka;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

/**
 * A mutable flyweight over the state that a robot sends each millisecond. Nothing is copied and nothing allocated, but in {@link #errors}. For one thread.
 */
public final class RobotState {
    private static final RobotMode[] ROBOT_MODES = RobotMode.values();
    private static final ControllerMode[] CONTROLLER_MODES = ControllerMode.values();
    private static final FrankaError[] ERRORS = FrankaError.values();

    private final FciVersion version;
    private final StateLayout layout;
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);

    /** A flyweight over states of a version; {@link #wrap} first. */
    public RobotState(final FciVersion version) {
        this.version = version;
        layout = StateLayout.of(version);
    }

    /** Length of a state of this version in bytes. */
    public static int bytes(final FciVersion version) {
        return StateLayout.of(version).bytes();
    }

    /**
     * Looks at a datagram.
     *
     * @throws IllegalArgumentException when it is not as long as a state of the version
     */
    public RobotState wrap(final DirectBuffer datagram, final int offset, final int length) {
        if (length != layout.bytes()) {
            throw new IllegalArgumentException(
                "a state of FCI version " + version.number() + " has " + layout.bytes() + " bytes, this datagram " + length);
        }
        buffer.wrap(datagram, offset, length);
        return this;
    }

    /** Looks at a place where a state is to be written. */
    public RobotState wrap(final MutableDirectBuffer place, final int offset) {
        return wrap(place, offset, layout.bytes());
    }

    /** The robot's millisecond counter. */
    public long messageId() {
        return buffer.getLong(at(StateField.MESSAGE_ID, 0), LITTLE_ENDIAN);
    }

    /** Sets the robot's millisecond counter. */
    public RobotState messageId(final long id) {
        buffer.putLong(at(StateField.MESSAGE_ID, 0), id, LITTLE_ENDIAN);
        return this;
    }

    /**
     * A value of a field of numbers.
     *
     * @throws IndexOutOfBoundsException when the field has no such value
     * @throws IllegalArgumentException  when the version does not have the field, or it is none of numbers
     */
    public double get(final StateField field, final int index) {
        final int at = at(number(field), index);
        return version.singlePrecisionState() ? buffer.getFloat(at, LITTLE_ENDIAN) : buffer.getDouble(at, LITTLE_ENDIAN);
    }

    /** All values of a field of numbers, to the beginning of {@code values}. */
    public void get(final StateField field, final double[] values) {
        for (int i = 0; i < field.count(); i++) {
            values[i] = get(field, i);
        }
    }

    /** Sets a value of a field of numbers, rounded to the width that the version has. */
    public RobotState put(final StateField field, final int index, final double value) {
        final int at = at(number(field), index);
        if (version.singlePrecisionState()) {
            buffer.putFloat(at, (float) value, LITTLE_ENDIAN);
        } else {
            buffer.putDouble(at, value, LITTLE_ENDIAN);
        }
        return this;
    }

    /** Sets all values of a field of numbers. */
    public RobotState put(final StateField field, final double[] values) {
        for (int i = 0; i < field.count(); i++) {
            put(field, i, values[i]);
        }
        return this;
    }

    /** Whether a motion generator runs. */
    public boolean motionGeneratorRuns() {
        return unsigned(StateField.MOTION_GENERATOR_MODE) != 0 && !runs(MotionGenerator.NONE);
    }

    /** Whether this motion generator runs. */
    public boolean runs(final MotionGenerator generator) {
        return unsigned(StateField.MOTION_GENERATOR_MODE) == generator.ordinal() + 1;
    }

    /** Sets the motion generator that runs. */
    public RobotState run(final MotionGenerator generator) {
        return put(StateField.MOTION_GENERATOR_MODE, generator.ordinal() + 1);
    }

    /** Sets that no motion generator runs. */
    public RobotState rest() {
        return put(StateField.MOTION_GENERATOR_MODE, 0);
    }

    /** Who controls the torques; {@link ControllerMode#OTHER} for what the protocol does not name. */
    public ControllerMode controllerMode() {
        final int mode = unsigned(StateField.CONTROLLER_MODE);
        return mode < CONTROLLER_MODES.length ? CONTROLLER_MODES[mode] : ControllerMode.OTHER;
    }

    /** Sets who controls the torques. */
    public RobotState controllerMode(final ControllerMode mode) {
        return put(StateField.CONTROLLER_MODE, mode.ordinal());
    }

    /** What the robot is doing; {@link RobotMode#OTHER} for what the protocol does not name. */
    public RobotMode robotMode() {
        final int mode = unsigned(StateField.ROBOT_MODE);
        return mode < ROBOT_MODES.length ? ROBOT_MODES[mode] : RobotMode.OTHER;
    }

    /** Sets what the robot is doing. */
    public RobotState robotMode(final RobotMode mode) {
        return put(StateField.ROBOT_MODE, mode.ordinal());
    }

    /** Whether an error is there now. */
    public boolean has(final FrankaError error) {
        return buffer.getByte(at(StateField.ERRORS, error.ordinal())) != 0;
    }

    /** Sets whether an error is there now. */
    public RobotState has(final FrankaError error, final boolean there) {
        buffer.putByte(at(StateField.ERRORS, error.ordinal()), (byte) (there ? 1 : 0));
        return this;
    }

    /** Whether an error ended the last motion. */
    public boolean endedBy(final FrankaError error) {
        return buffer.getByte(at(StateField.REFLEX_REASON, error.ordinal())) != 0;
    }

    /** Sets whether an error ended the last motion. */
    public RobotState endedBy(final FrankaError error, final boolean ended) {
        buffer.putByte(at(StateField.REFLEX_REASON, error.ordinal()), (byte) (ended ? 1 : 0));
        return this;
    }

    /** The errors that are there now; a new list. */
    public List<FrankaError> errors() {
        return Arrays.stream(ERRORS).filter(this::has).toList();
    }

    /** The errors that ended the last motion; a new list. */
    public List<FrankaError> reflexReasons() {
        return Arrays.stream(ERRORS).filter(this::endedBy).toList();
    }

    private int unsigned(final StateField field) {
        return buffer.getByte(at(field, 0)) & 0xFF;
    }

    private RobotState put(final StateField field, final int value) {
        buffer.putByte(at(field, 0), (byte) value);
        return this;
    }

    private static StateField number(final StateField field) {
        if (field.kind() == StateField.Kind.COUNTER || field.kind() == StateField.Kind.BYTE) {
            throw new IllegalArgumentException(field.documentedName() + " is no field of numbers");
        }
        return field;
    }

    private int at(final StateField field, final int index) {
        final int offset = layout.offset(field);
        if (offset < 0) {
            throw new IllegalArgumentException("FCI version " + version.number() + " has no " + field.documentedName());
        }
        return offset + Objects.checkIndex(index, field.count()) * field.kind().bytes(version);
    }
}
