package dev.continuo.recording.mcap;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32;

/**
 * A file that is written from its beginning to its end beside its place, and takes its place only when it is whole. After a failure every further write fails,
 * so that a file with a gap never becomes whole.
 */
final class PartFile implements Closeable {
    private final Path file;
    private final Path part;
    private final FileChannel channel;
    private final CRC32 crc = new CRC32();
    private long position;
    private IOException broken;

    /** @throws UncheckedIOException if it cannot be made; the message names the file, as that of every later failure does */
    PartFile(final Path file) {
        this.file = file;
        part = file.resolveSibling(file.getFileName() + ".part");
        try {
            if (file.toAbsolutePath().getParent() != null) {
                Files.createDirectories(file.toAbsolutePath().getParent());
            }
            channel = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        } catch (final IOException failure) {
            throw failed(failure);
        }
    }

    /** Appends all that remains in the buffer, which is left as it was. */
    void write(final ByteBuffer bytes) {
        if (broken != null) {
            throw failed(broken);
        }
        crc.update(bytes.duplicate());
        position += bytes.remaining();
        final ByteBuffer rest = bytes.duplicate();
        try {
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        } catch (final IOException failure) {
            abandon(failure);
            throw failed(failure);
        }
    }

    /** Bytes written so far: where the next one goes. */
    long position() {
        return position;
    }

    /** The CRC-32 of what was written since the last {@link #resetCrc()}. */
    long crc() {
        return crc.getValue();
    }

    void resetCrc() {
        crc.reset();
    }

    /** Makes the file durable and moves it to its place, over what is there. */
    void complete() {
        try {
            channel.force(true);
            channel.close();
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (final IOException failure) {
            abandon(failure);
            throw failed(failure);
        }
    }

    private void abandon(final IOException why) {
        broken = why;
        try {
            channel.close();
        } catch (final IOException failure) {
            why.addSuppressed(failure);
        }
    }

    private UncheckedIOException failed(final IOException failure) {
        return new UncheckedIOException(file + ": cannot be written: " + failure.getMessage(), failure);
    }

    /** Removes what was written, unless the file is complete. */
    @Override
    public void close() {
        try {
            channel.close();
            Files.deleteIfExists(part);
        } catch (final IOException failure) {
            throw failed(failure);
        }
    }
}
