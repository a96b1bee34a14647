package dev.gatehouse.adapters.persistence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import org.h2.store.fs.FileBase;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * A disk that can be full: what lies on it can be overwritten, and no file can grow beyond the room there is. It stands
 * between H2 and the real file system.
 */
public final class SmallDisk extends FilePathWrapper {
    private static volatile long room = Long.MAX_VALUE;

    static {
        FilePath.register(new SmallDisk());
    }

    /** For H2, which makes one for each path. */
    public SmallDisk() {}

    /** The address of a database in this folder, on this disk. */
    static String url(Path folder) {
        return "jdbc:h2:smallDisk:" + folder.resolve("gatehouse");
    }

    static void room(long bytes) {
        room = bytes;
    }

    @Override
    public String getScheme() {
        return "smallDisk";
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new SmallFile(super.open(mode));
    }

    private static final class SmallFile extends FileBase {
        private final FileChannel file;

        SmallFile(FileChannel file) {
            this.file = file;
        }

        private void refuseToGrow(long end) throws IOException {
            if (end > room && end > file.size()) throw new IOException("No space left on device");
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            refuseToGrow(file.position() + source.remaining());
            return file.write(source);
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            refuseToGrow(position + source.remaining());
            return file.write(source, position);
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            return file.read(target);
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            return file.read(target, position);
        }

        @Override
        public long position() throws IOException {
            return file.position();
        }

        @Override
        public FileChannel position(long position) throws IOException {
            file.position(position);
            return this;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            file.truncate(size);
            return this;
        }

        @Override
        public void force(boolean metaData) throws IOException {
            file.force(metaData);
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return file.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            file.close();
        }
    }
}
