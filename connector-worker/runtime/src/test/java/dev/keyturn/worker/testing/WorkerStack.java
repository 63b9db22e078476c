package dev.keyturn.worker.testing;

import dev.keyturn.local.infra.Infrastructure;
import dev.keyturn.seal.FleetKeys;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Broker, database and a folder with one connector. */
public final class WorkerStack implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        Infrastructure infrastructure = Infrastructure.forTests();
        Map<String, String> config = infrastructure.serviceConfig("worker");
        Path connectors = infrastructure.folder().resolve("test-connectors");
        Path keys = Path.of(String.valueOf(config.get("keyturn.keys.private-file")));
        try {
            Files.createDirectories(connectors);
            if (Files.notExists(keys)) {
                FleetKeys.generate().save(keys, keys.resolveSibling("fleet-public.json"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ConnectorJar.write(connectors.resolve("scripted.jar"), Scripted.class);
        config.put("keyturn.worker.connectors-folder", connectors.toString());
        config.put("keyturn.keys.used-after", "1s");
        config.put("keyturn.worker.slots", "2");
        config.put("keyturn.worker.lease", "3s");
        config.put("keyturn.worker.heartbeat", "500ms");
        config.put("keyturn.worker.allowed-networks", "127.0.0.0/8,::1/128");
        config.put("keyturn.worker.allow-plain-http", "true");
        return config;
    }

    @Override
    public void stop() {}
}
