package dev.keyturn.home;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The line between home and its database. While its file is there the line is cut: nothing is
 * connected and nobody listens, as when the database is away.
 */
final class DatabaseLine {

    /** Where a test finds the file. */
    static final String CUT = "keyturn.test.database-cut";

    private static final int LOOK_EVERY = 20;

    private final Path cut;
    private final InetSocketAddress database;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private ServerSocket door;

    private DatabaseLine(Path cut, InetSocketAddress database) throws IOException {
        this.cut = cut;
        this.database = database;
        this.door = listen(0);
    }

    static DatabaseLine to(int port, Path cut) {
        try {
            DatabaseLine line =
                    new DatabaseLine(
                            cut, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            Thread.ofVirtual().start(line::serve);
            Thread.ofPlatform().daemon().name("database-line").start(line::watch);
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized int port() {
        return door.getLocalPort();
    }

    private static ServerSocket listen(int port) throws IOException {
        ServerSocket door = new ServerSocket();
        door.setReuseAddress(true);
        door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
        return door;
    }

    private synchronized ServerSocket door() {
        return door;
    }

    private void serve() {
        ServerSocket current = door();
        try {
            while (true) {
                connect(current.accept());
            }
        } catch (IOException _) {
            // The door was closed; it is opened by who closed it.
        }
    }

    private void connect(Socket home) {
        try {
            Socket server = new Socket();
            server.connect(database);
            open.add(home);
            open.add(server);
            home.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            if (door().isClosed()) {
                close(home);
                close(server);
                return;
            }
            Thread.ofVirtual().start(() -> pass(home, server));
            Thread.ofVirtual().start(() -> pass(server, home));
        } catch (IOException _) {
            close(home);
        }
    }

    private void pass(Socket from, Socket to) {
        try (InputStream in = from.getInputStream()) {
            in.transferTo(to.getOutputStream());
        } catch (IOException _) {
            // One end has hung up, or the line was cut: so does the other.
        } finally {
            close(from);
            close(to);
        }
    }

    private void close(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void watch() {
        boolean isCut = false;
        try {
            while (true) {
                Thread.sleep(LOOK_EVERY);
                if (isCut != Files.exists(cut)) {
                    isCut = !isCut;
                    turn(isCut);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void turn(boolean isCut) throws IOException {
        if (isCut) {
            door.close();
            open.forEach(this::close);
        } else {
            door = listen(door.getLocalPort());
            Thread.ofVirtual().start(this::serve);
        }
    }
}
