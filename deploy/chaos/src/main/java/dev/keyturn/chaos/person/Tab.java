package dev.keyturn.chaos.person;

import dev.keyturn.wire.Codec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;

/** A browser's tab that is closed right after it sent a code: nobody reads the answer. */
record Tab(URI home, String token, String user) {

    void submitAndClose(UUID challenge, UUID submission, int round, String sealed) {
        byte[] body =
                Codec.json(Map.of("submissionId", submission, "round", round, "sealed", sealed));
        int port = home.getPort();
        String head =
                """
                POST /api/challenges/%s/code HTTP/1.1
                Host: 127.0.0.1:%d
                Authorization: Bearer %s
                Keyturn-User: %s
                Content-Type: application/json
                Content-Length: %d

                """
                        .formatted(challenge, port, token, user, body.length)
                        .replace("\n", "\r\n");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().write(body);
            socket.getOutputStream().flush();
        } catch (IOException _) {
            // Home is away. The tab is closed all the same, and its person comes back.
        }
    }
}
