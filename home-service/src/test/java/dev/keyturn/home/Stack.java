package dev.keyturn.home;

import dev.keyturn.local.infra.Infrastructure;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;

/** A real broker and a real database, and a port of our own. */
public final class Stack implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        Map<String, String> config = new HashMap<>(Infrastructure.forTests().serviceConfig("home"));
        int port = freePort();
        config.put("quarkus.http.test-port", String.valueOf(port));
        config.put("quarkus.management.test-port", "0");
        config.put("keyturn.home.base-url", "http://127.0.0.1:" + port);
        config.put("keyturn.home.open-runs", "3");
        config.put("keyturn.home.verdict", "2s");
        config.put("keyturn.home.heartbeat", "1s");
        return config;
    }

    @Override
    public void stop() {}

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
