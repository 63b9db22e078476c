package dev.keyturn.chaos.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyturn.local.infra.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LineTest {

    private final int port = FreePorts.find(1).getFirst();
    private ServerSocket echo = newServer();
    private Line line = Line.open(port, echo.getLocalPort());

    @BeforeEach
    void answerEverything() {
        Thread.ofVirtual().start(this::serve);
    }

    @AfterEach
    void close() throws IOException {
        line.close();
        echo.close();
    }

    @Test
    void carriesBothWays() throws IOException {
        try (Socket socket = connect()) {
            assertThat(ask(socket, 42)).isEqualTo(42);
        }
    }

    @Test
    void silentLineCarriesNothingAndLosesNothing() throws IOException {
        try (Socket socket = connect()) {
            ask(socket, 1);
            line.cut(true);
            socket.setSoTimeout(300);
            socket.getOutputStream().write(2);
            assertThatThrownBy(() -> socket.getInputStream().read())
                    .isInstanceOf(SocketTimeoutException.class);

            line.mend();
            socket.setSoTimeout(5_000);

            assertThat(socket.getInputStream().read()).isEqualTo(2);
        }
    }

    @Test
    void brokenLineEndsWhatIsThereAndWhatComes() throws IOException {
        try (Socket socket = connect()) {
            ask(socket, 1);
            line.cut(false);
            assertThat(endsOrFails(socket)).isTrue();
        }
        try (Socket socket = connect()) {
            assertThat(endsOrFails(socket)).isTrue();
        }
        line.mend();
        try (Socket socket = connect()) {
            assertThat(ask(socket, 3)).isEqualTo(3);
        }
    }

    private static boolean endsOrFails(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException _) {
            return false;
        } catch (IOException _) {
            return true;
        }
    }

    private static int ask(Socket socket, int what) throws IOException {
        socket.getOutputStream().write(what);
        return socket.getInputStream().read();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(5_000);
        return socket;
    }

    private void serve() {
        while (!echo.isClosed()) {
            try {
                Socket socket = echo.accept();
                Thread.ofVirtual().start(() -> echo(socket));
            } catch (IOException _) {
                return; // the test is over
            }
        }
    }

    private static void echo(Socket socket) {
        try (socket) {
            socket.getInputStream().transferTo(socket.getOutputStream());
        } catch (IOException _) {
            // The line broke: so it should.
        }
    }

    private static ServerSocket newServer() {
        try {
            return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
