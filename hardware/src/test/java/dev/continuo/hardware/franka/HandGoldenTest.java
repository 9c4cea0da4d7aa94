package dev.continuo.hardware.franka;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What libfranka's grasp_object said to a hand, read and written again. */
class HandGoldenTest {
    private static final FciRecording RECORDING = FciRecording.read("fci-gripper-v3-libfranka-0.21.2-grasp.txt", FciVersion.FR3);

    @Test
    void everyRequestIsWrittenAgainToTheSameBytes() {
        final List<FciRecording.Message> requests = RECORDING.all("GTCP>");
        assertEquals(4, requests.size());
        for (int number = 0; number < requests.size(); number++) {
            final byte[] bytes = requests.get(number).bytes();
            final UnsafeBuffer written = new UnsafeBuffer(new byte[HandRequest.LONGEST]);
            final int length = HandRequest.read(new UnsafeBuffer(bytes), 0, bytes.length).write(number, written, 0);
            assertArrayEquals(bytes, Arrays.copyOf(written.byteArray(), length));
        }
        assertEquals(new HandRequest.Grasp(0.03, HandRequest.Grasp.TOLERANCE, HandRequest.Grasp.TOLERANCE, 0.1, 60),
            HandRequest.read(requests.get(2).buffer(), 0, requests.get(2).length()));
    }

    @Test
    void aRequestOfAnotherLengthIsNone() {
        final byte[] grasp = RECORDING.all("GTCP>").get(2).bytes();
        assertThrows(IllegalArgumentException.class, () -> HandRequest.read(new UnsafeBuffer(grasp), 0, grasp.length - 1));
        assertThrows(IllegalArgumentException.class, () -> HandRequest.read(new UnsafeBuffer(new byte[] {7, 0, 0, 0, 0, 0, 10, 0, 0, 0}), 0, 10));
    }

    @Test
    void aStateIsReadAsItWasWritten() {
        final HandState state = new HandState(0xFFFF_FFFFL, 0.0412, 0.0799, true, 37);
        final UnsafeBuffer datagram = new UnsafeBuffer(new byte[HandState.BYTES]);
        state.write(datagram, 0);
        assertEquals(state, HandState.read(datagram, 0));
    }
}
