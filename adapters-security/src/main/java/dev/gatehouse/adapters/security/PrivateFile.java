package dev.gatehouse.adapters.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A small text file that its owner alone may read (mode 0600). It is there whole or not at all, and once written it
 * survives a power cut. Needs a file system with POSIX permissions.
 */
public final class PrivateFile {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> FOLDER_OF_OWNER = PosixFilePermissions.fromString("rwx------");
    private static final long LONGEST = 64 * 1024L;

    private final Path path;

    public PrivateFile(Path path) {
        this.path = path.toAbsolutePath().normalize();
    }

    /** Where it lies. */
    public Path path() {
        return path;
    }

    /**
     * The text; absent when there is no file.
     *
     * @throws IOException when it cannot be read, is no plain file, or somebody else may read or change it
     */
    public Optional<String> read() throws IOException {
        try {
            if (!Files.isRegularFile(path)) {
                if (Files.notExists(path)) return Optional.empty();
                throw new IOException(path + " is not a plain file, or may not be looked at");
            }
            Set<PosixFilePermission> granted = posix(() -> Files.getPosixFilePermissions(path));
            if (!FOLDER_OF_OWNER.containsAll(granted))
                throw new IOException(
                        path + " is open to others than its owner (" + PosixFilePermissions.toString(granted)
                                + "); if nobody else can have read it, run: chmod 600 " + path);
            if (Files.size(path) > LONGEST) throw new IOException(path + " is too long");
            return Optional.of(Files.readString(path, UTF_8));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /**
     * Writes the text unless there is a file already.
     *
     * @return whether it was written; of several who try at once, one succeeds
     */
    public boolean create(String text) throws IOException {
        Path whole = written(text);
        try {
            posix(() -> Files.createLink(path, whole));
        } catch (FileAlreadyExistsException e) {
            return false;
        } finally {
            Files.deleteIfExists(whole);
        }
        keepName();
        return true;
    }

    /** Writes the text, in place of what was there. */
    public void replace(String text) throws IOException {
        Path whole = written(text);
        try {
            Files.move(whole, path, ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(whole);
        }
        keepName();
    }

    /** Removes it; no file is no error. */
    public void delete() throws IOException {
        if (Files.deleteIfExists(path)) keepName();
    }

    /** A file beside it with the whole text, on the disk. */
    private Path written(String text) throws IOException {
        Path folder = folder();
        if (!Files.isDirectory(folder))
            posix(() -> Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(FOLDER_OF_OWNER)));
        Path beside = folder.resolve(path.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try (FileChannel channel = posix(() -> FileChannel.open(
                beside, Set.of(CREATE_NEW, WRITE), PosixFilePermissions.asFileAttribute(OWNER_ONLY)))) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
            while (bytes.hasRemaining()) channel.write(bytes);
            channel.force(true);
            return beside;
        } catch (IOException e) {
            Files.deleteIfExists(beside);
            throw e;
        }
    }

    /** A new or removed name is on the disk only when its folder is. */
    private void keepName() throws IOException {
        try (FileChannel channel = FileChannel.open(folder(), READ)) {
            channel.force(true);
        }
    }

    private Path folder() {
        return Optional.ofNullable(path.getParent()).orElse(path);
    }

    private <T> T posix(Step<T> step) throws IOException {
        try {
            return step.run();
        } catch (UnsupportedOperationException e) {
            throw new IOException(
                    "the file system of " + path + " lacks POSIX permissions or hard links, so no secret is kept there",
                    e);
        }
    }

    private interface Step<T> {
        T run() throws IOException;
    }
}
