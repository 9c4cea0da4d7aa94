package dev.continuo.perception.sensor;

/** An open sensor. Used by one thread. {@link java.io.UncheckedIOException} says that it is gone: it is closed, and opened again and again. */
public interface Sensor extends AutoCloseable {

    /**
     * Takes the newest reading, if there is one that was not taken yet. Does not block.
     *
     * @param reading receives it
     * @return whether there was one
     */
    boolean poll(SensorReading reading);

    @Override
    void close();
}
