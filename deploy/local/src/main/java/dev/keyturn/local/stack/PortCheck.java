package dev.keyturn.local.stack;

import dev.keyturn.local.infra.StackFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Whether somebody listens on a port of loopback. */
final class PortCheck {

    private static final int TIMEOUT_MILLIS = 500;

    private PortCheck() {}

    static void requireFree(int port, String what) {
        if (answers(port) || !canListen(port)) {
            throw new StackFailure(
                    "Port %d (%s) is taken: stop what uses it, or set KEYTURN_PORT_BASE"
                            .formatted(port, what));
        }
    }

    static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private static boolean canListen(int port) {
        try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
