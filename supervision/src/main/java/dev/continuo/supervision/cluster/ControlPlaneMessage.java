package dev.continuo.supervision.cluster;

/**
 * Marks what may travel between processes on the control plane. Serialized as CBOR by Jackson; records of plain values, no Java
 * serialization, never a frame, a state or a chunk.
 */
public interface ControlPlaneMessage {
}
