package dev.continuo.simulation.physics;

import com.github.stephengold.joltjni.Jolt;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Loads Jolt's native code once in a process: it lies in a jar, and the linker wants a file. */
final class JoltLibrary {
    private static final String RESOURCE = "/linux/x86-64/com/github/stephengold/libjoltjni.so";
    private static boolean loaded;

    private JoltLibrary() {
    }

    /** Makes sure that Jolt can be called. */
    static synchronized void load() {
        if (loaded) {
            return;
        }
        try (InputStream library = JoltLibrary.class.getResourceAsStream(RESOURCE)) {
            if (library == null) {
                throw new IllegalStateException("the physics engine's native library is not on the class path: " + RESOURCE);
            }
            final Path file = Files.createTempFile("libjoltjni", ".so");
            try {
                Files.copy(library, file, StandardCopyOption.REPLACE_EXISTING);
                System.load(file.toString());
            } finally {
                // the mapping stays valid without the name
                Files.delete(file);
            }
        } catch (final IOException failure) {
            throw new UncheckedIOException("cannot unpack the physics engine's native library", failure);
        }
        Jolt.registerDefaultAllocator();
        Jolt.installDefaultTraceCallback();
        Jolt.installDefaultAssertCallback();
        if (!Jolt.newFactory()) {
            throw new IllegalStateException("the physics engine did not start");
        }
        Jolt.registerTypes();
        loaded = true;
    }
}
