package dev.continuo.perception.video;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The AV1 encoder SVT-AV1, which prints a page to the error stream for every file unless a variable of the process tells it not to. */
final class SvtAv1 {
    private static final String VARIABLE = "SVT_LOG";
    private static final String ERRORS_ONLY = "1";

    private static boolean silenced;

    private SvtAv1() {
    }

    /** Has only errors printed, unless whoever started this process has asked for something else. */
    static synchronized void silence() {
        if (silenced) {
            return;
        }
        silenced = true;
        final Linker linker = Linker.nativeLinker();
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment setenv = linker.defaultLookup().findOrThrow("setenv");
            final MethodHandle call = linker.downcallHandle(setenv, FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT));
            final int ignored = (int) call.invokeExact(arena.allocateFrom(VARIABLE), arena.allocateFrom(ERRORS_ONLY), 0);
        } catch (final RuntimeException | Error e) {
            throw e;
        } catch (final Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
