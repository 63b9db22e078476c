package dev.keyturn.chaos.stack;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;

/** What one process reaches another server through; it can be cut, and mended. */
public final class Line implements Closeable {

    private static final int BUFFER = 16 * 1024;
    private static final int BACKLOG = 200;

    private enum State {
        OPEN,
        /**
         * Connections stay, and carry nothing until the line is mended: a network that lost a
         * route.
         */
        SILENT,
        /** Connections break, and new ones do too. */
        BROKEN
    }

    private final ServerSocket server;
    private final IntSupplier target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private State state = State.OPEN;
    private boolean closed;

    private Line(ServerSocket server, IntSupplier target) {
        this.server = server;
        this.target = target;
    }

    /** From one port of loopback to another. */
    public static Line open(int from, int to) {
        return open(from, () -> to);
    }

    /**
     * From one port of loopback to others.
     *
     * @param to asked for each connection
     */
    public static Line open(int from, IntSupplier to) {
        try {
            Line line =
                    new Line(new ServerSocket(from, BACKLOG, InetAddress.getLoopbackAddress()), to);
            Thread.ofVirtual().name("line-" + from).start(line::accept);
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Nothing gets through until {@link #mend}.
     *
     * @param silently whether those at the ends are left to find out by themselves
     */
    public void cut(boolean silently) {
        become(silently ? State.SILENT : State.BROKEN);
        if (!silently) {
            sockets.forEach(Line::close);
        }
    }

    public void mend() {
        become(State.OPEN);
    }

    private void become(State next) {
        lock.lock();
        try {
            state = next;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket from = server.accept();
                Thread.ofVirtual().start(() -> connect(from));
            } catch (IOException _) {
                // Closed, or a client that has gone already.
            }
        }
    }

    private void connect(Socket from) {
        sockets.add(from);
        try {
            awaitPassable();
            Socket to = new Socket(InetAddress.getLoopbackAddress(), target.getAsInt());
            sockets.add(to);
            from.setTcpNoDelay(true);
            to.setTcpNoDelay(true);
            Thread.ofVirtual().start(() -> carry(from, to));
            carry(to, from);
        } catch (IOException _) {
            end(from); // as the server's own refusal would end it
        }
    }

    private void carry(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            int count = in.read(buffer);
            while (count >= 0) {
                awaitPassable();
                out.write(buffer, 0, count);
                count = in.read(buffer);
            }
            // The end of a stream does not get through a silent line either.
            awaitPassable();
        } catch (IOException _) {
            // One end has gone: so has the other.
        } finally {
            end(from);
            end(to);
        }
    }

    private void awaitPassable() throws IOException {
        lock.lock();
        try {
            while (state == State.SILENT && !closed) {
                changed.awaitUninterruptibly();
            }
            if (state == State.BROKEN || closed) {
                throw new IOException("cut");
            }
        } finally {
            lock.unlock();
        }
    }

    private void end(Socket socket) {
        sockets.remove(socket);
        close(socket);
    }

    private static void close(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException _) {
            // It is gone either way.
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        close(server);
        sockets.forEach(Line::close);
    }
}
