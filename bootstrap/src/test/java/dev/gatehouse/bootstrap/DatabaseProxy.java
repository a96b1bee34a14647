package dev.gatehouse.bootstrap;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Stands between one server and its database, counts what is sent to it, and can part them. */
final class DatabaseProxy implements AutoCloseable {
    /** How the line between them is. */
    enum Line {
        OPEN,
        /** Connections break, and new ones are refused. */
        CUT,
        /** Connections stay, and nothing passes until the line is open again. */
        SILENT,
        /** Connections stay, and what is sent on them is lost; they are of no use ever after. */
        LOST
    }

    private final ServerSocket door;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final LongAdder sent = new LongAdder();
    private volatile Line line = Line.OPEN;

    DatabaseProxy(int target) throws IOException {
        this.target = target;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /** How often something was sent to the database so far: once for each round trip at least. */
    long sent() {
        return sent.sum();
    }

    void set(Line next) {
        lock.lock();
        try {
            line = next;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (next == Line.CUT) for (Socket each : sockets) shut(each);
    }

    private void accept() {
        try {
            while (true) {
                Socket client = door.accept();
                if (line == Line.CUT) shut(client);
                else Thread.ofVirtual().start(() -> connect(client));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void connect(Socket client) {
        try {
            Socket database = new Socket(InetAddress.getLoopbackAddress(), target);
            sockets.add(client);
            sockets.add(database);
            if (line == Line.CUT) shut(client);
            AtomicBoolean useless = new AtomicBoolean();
            Thread.ofVirtual().start(() -> pump(client, database, useless, sent::increment));
            Thread.ofVirtual().start(() -> pump(database, client, useless, () -> {}));
        } catch (IOException e) {
            shut(client);
        }
    }

    /** @param count is run before each part of the stream is passed on */
    private void pump(Socket from, Socket to, AtomicBoolean useless, Runnable count) {
        byte[] buffer = new byte[16_384];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (line == Line.LOST) useless.set(true);
                if (useless.get()) continue;
                awaitPassage();
                count.run();
                out.write(buffer, 0, read);
            }
        } catch (IOException e) {
            // One side is gone, and so is the other.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        shut(from);
        shut(to);
    }

    private void awaitPassage() throws InterruptedException {
        lock.lock();
        try {
            while (line == Line.SILENT) changed.await();
        } finally {
            lock.unlock();
        }
    }

    private void shut(Socket socket) {
        sockets.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        set(Line.CUT);
    }
}
