package dev.continuo.hardware.can;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.StructLayout;
import org.junit.jupiter.api.Test;

/** The tables of numbers against the declarations of the C structures, laid out by the rules of alignment. */
class CanStructsTest {
    private static final StructLayout CAN_FRAME = MemoryLayout.structLayout(JAVA_INT.withName("can_id"), JAVA_BYTE.withName("len"),
        MemoryLayout.paddingLayout(3), MemoryLayout.sequenceLayout(8, JAVA_BYTE).withName("data"));
    private static final StructLayout CAN_FILTER = MemoryLayout.structLayout(JAVA_INT.withName("can_id"), JAVA_INT.withName("can_mask"));
    private static final StructLayout SOCKADDR_CAN = MemoryLayout.structLayout(JAVA_SHORT.withName("can_family"), MemoryLayout.paddingLayout(2),
        JAVA_INT.withName("can_ifindex"),
        MemoryLayout.structLayout(JAVA_LONG.withName("name"), JAVA_INT.withName("pgn"), JAVA_BYTE.withName("addr"), MemoryLayout.paddingLayout(3))
            .withName("can_addr"));
    private static final StructLayout IFREQ = MemoryLayout.structLayout(MemoryLayout.sequenceLayout(16, JAVA_BYTE).withName("ifr_name"),
        MemoryLayout.unionLayout(JAVA_SHORT.withName("ifr_flags"), JAVA_INT.withName("ifr_ifindex"),
            MemoryLayout.sequenceLayout(3, JAVA_LONG).withName("ifmap")).withName("ifr_ifru"));
    private static final StructLayout IOVEC = MemoryLayout.structLayout(ADDRESS.withName("iov_base"), JAVA_LONG.withName("iov_len"));
    private static final StructLayout MSGHDR = MemoryLayout.structLayout(ADDRESS.withName("msg_name"), JAVA_INT.withName("msg_namelen"),
        MemoryLayout.paddingLayout(4), ADDRESS.withName("msg_iov"), JAVA_LONG.withName("msg_iovlen"), ADDRESS.withName("msg_control"),
        JAVA_LONG.withName("msg_controllen"), JAVA_INT.withName("msg_flags"), MemoryLayout.paddingLayout(4));
    private static final StructLayout MMSGHDR =
        MemoryLayout.structLayout(MSGHDR.withName("msg_hdr"), JAVA_INT.withName("msg_len"), MemoryLayout.paddingLayout(4));
    private static final StructLayout CMSGHDR =
        MemoryLayout.structLayout(JAVA_LONG.withName("cmsg_len"), JAVA_INT.withName("cmsg_level"), JAVA_INT.withName("cmsg_type"));

    private static void assertField(final int offset, final StructLayout struct, final String... path) {
        final PathElement[] elements = new PathElement[path.length];
        for (int i = 0; i < path.length; i++) {
            elements[i] = PathElement.groupElement(path[i]);
        }
        assertEquals(struct.byteOffset(elements), offset, String.join(".", path));
    }

    @Test
    void sizesAreThoseOfTheStructures() {
        assertEquals(CAN_FRAME.byteSize(), CanStructs.FRAME_BYTES);
        assertEquals(CAN_FILTER.byteSize(), CanStructs.FILTER_BYTES);
        assertEquals(SOCKADDR_CAN.byteSize(), CanStructs.ADDRESS_BYTES);
        assertEquals(IFREQ.byteSize(), CanStructs.REQUEST_BYTES);
        assertEquals(IOVEC.byteSize(), CanStructs.VECTOR_BYTES);
        assertEquals(MMSGHDR.byteSize(), CanStructs.MESSAGE_BYTES);
        assertEquals(CMSGHDR.byteSize(), CanStructs.CONTROL_DATA);
    }

    @Test
    void offsetsAreThoseOfTheFields() {
        assertField(CanStructs.FRAME_ID, CAN_FRAME, "can_id");
        assertField(CanStructs.FRAME_LENGTH, CAN_FRAME, "len");
        assertField(CanStructs.FRAME_DATA, CAN_FRAME, "data");
        assertField(CanStructs.FILTER_ID, CAN_FILTER, "can_id");
        assertField(CanStructs.FILTER_MASK, CAN_FILTER, "can_mask");
        assertField(CanStructs.ADDRESS_FAMILY, SOCKADDR_CAN, "can_family");
        assertField(CanStructs.ADDRESS_INDEX, SOCKADDR_CAN, "can_ifindex");
        assertField(CanStructs.REQUEST_NAME, IFREQ, "ifr_name");
        assertField(CanStructs.REQUEST_INDEX, IFREQ, "ifr_ifru", "ifr_ifindex");
        assertField(CanStructs.REQUEST_FLAGS, IFREQ, "ifr_ifru", "ifr_flags");
        assertField(CanStructs.VECTOR_BASE, IOVEC, "iov_base");
        assertField(CanStructs.VECTOR_LENGTH, IOVEC, "iov_len");
        assertField(CanStructs.MESSAGE_VECTOR, MMSGHDR, "msg_hdr", "msg_iov");
        assertField(CanStructs.MESSAGE_VECTORS, MMSGHDR, "msg_hdr", "msg_iovlen");
        assertField(CanStructs.MESSAGE_CONTROL, MMSGHDR, "msg_hdr", "msg_control");
        assertField(CanStructs.MESSAGE_CONTROL_LENGTH, MMSGHDR, "msg_hdr", "msg_controllen");
        assertField(CanStructs.MESSAGE_LENGTH, MMSGHDR, "msg_len");
        assertField(CanStructs.CONTROL_LENGTH, CMSGHDR, "cmsg_len");
        assertField(CanStructs.CONTROL_LEVEL, CMSGHDR, "cmsg_level");
        assertField(CanStructs.CONTROL_TYPE, CMSGHDR, "cmsg_type");
    }
}
