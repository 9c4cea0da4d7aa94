package dev.continuo.hardware.can;

/** Numbers of Linux CAN sockets, the same on x86-64 and AArch64: constants, sizes of structures, offsets in them. */
final class CanStructs {
    static final int PF_CAN = 29;
    static final int SOCK_RAW = 3;
    static final int CAN_RAW = 1;
    static final int SOL_CAN_RAW = 101;
    static final int CAN_RAW_FILTER = 1;
    static final int CAN_RAW_ERR_FILTER = 2;
    static final int SOL_SOCKET = 1;
    static final int SO_SNDBUF = 7;
    static final int SO_TIMESTAMPNS = 35;
    static final int SO_RXQ_OVFL = 40;
    static final long SIOCGIFFLAGS = 0x8913L;
    static final long SIOCGIFINDEX = 0x8933L;
    static final int IFF_UP = 1;
    static final int IFF_RUNNING = 0x40;

    /** {@code struct can_frame}. */
    static final int FRAME_BYTES = 16;
    static final int FRAME_ID = 0;
    static final int FRAME_LENGTH = 4;
    static final int FRAME_DATA = 8;

    /** {@code struct can_filter}. */
    static final int FILTER_BYTES = 8;
    static final int FILTER_ID = 0;
    static final int FILTER_MASK = 4;

    /** {@code struct sockaddr_can}. */
    static final int ADDRESS_BYTES = 24;
    static final int ADDRESS_FAMILY = 0;
    static final int ADDRESS_INDEX = 4;

    /** {@code struct ifreq}. */
    static final int REQUEST_BYTES = 40;
    static final int REQUEST_NAME = 0;
    static final int REQUEST_INDEX = 16;
    static final int REQUEST_FLAGS = 16;

    /** {@code struct iovec}. */
    static final int VECTOR_BYTES = 16;
    static final int VECTOR_BASE = 0;
    static final int VECTOR_LENGTH = 8;

    /** {@code struct mmsghdr}, which begins with a {@code struct msghdr}. */
    static final int MESSAGE_BYTES = 64;
    static final int MESSAGE_VECTOR = 16;
    static final int MESSAGE_VECTORS = 24;
    static final int MESSAGE_CONTROL = 32;
    static final int MESSAGE_CONTROL_LENGTH = 40;
    static final int MESSAGE_LENGTH = 56;

    /** {@code struct cmsghdr}, and what follows it. */
    static final int CONTROL_LENGTH = 0;
    static final int CONTROL_LEVEL = 8;
    static final int CONTROL_TYPE = 12;
    static final int CONTROL_DATA = 16;

    private CanStructs() {
    }
}
