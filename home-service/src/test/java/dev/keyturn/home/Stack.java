package dev.keyturn.home;

import dev.keyturn.local.infra.Infrastructure;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A real broker and a real database, and a port of our own. */
public final class Stack implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        Map<String, String> config = new HashMap<>(Infrastructure.forTests().serviceConfig("home"));
        int port = freePort();
        throughALine(config);
        config.put("quarkus.http.test-port", String.valueOf(port));
        config.put("quarkus.management.test-port", "0");
        config.put("keyturn.home.base-url", "http://127.0.0.1:" + port);
        config.put("keyturn.home.open-runs", "3");
        config.put("keyturn.home.verdict", "2s");
        config.put("keyturn.home.heartbeat", "1s");
        config.put("keyturn.home.unread", "5s");
        return config;
    }

    @Override
    public void stop() {}

    /** Between home and its database stands a line that a test can cut. */
    private static void throughALine(Map<String, String> config) {
        Path cut = Infrastructure.forTests().folder().resolve("database-cut");
        URI database = URI.create(config.get("quarkus.datasource.reactive.url"));
        String from = ":" + database.getPort() + "/";
        String to = ":" + DatabaseLine.to(database.getPort(), cut).port() + "/";
        for (String url :
                List.of("quarkus.datasource.reactive.url", "quarkus.datasource.jdbc.url")) {
            config.computeIfPresent(url, (_, value) -> value.replace(from, to));
        }
        config.put(DatabaseLine.CUT, cut.toString());
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
