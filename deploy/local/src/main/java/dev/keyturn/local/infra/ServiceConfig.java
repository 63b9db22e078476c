package dev.keyturn.local.infra;

import dev.keyturn.wire.Principal;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a service is told about broker, database and the files that it may read. */
public final class ServiceConfig {

    private ServiceConfig() {}

    public static Map<String, String> of(
            Principal principal, KafkaAccess kafka, PostgresAccess postgres, HomeFolder folder) {
        Map<String, String> config = new LinkedHashMap<>();
        kafka.clientConfig(principal.user())
                .forEach((key, value) -> config.put("kafka." + key, value));
        DatabaseLogin login = postgres.login(principal);
        config.put("quarkus.datasource.username", login.user());
        config.put("quarkus.datasource.password", login.password());
        config.put("quarkus.datasource.jdbc.url", login.url());
        config.put("quarkus.datasource.reactive.url", postgres.reactiveUrl());
        config.putAll(filesOf(principal, folder));
        return config;
    }

    private static Map<String, String> filesOf(Principal principal, HomeFolder folder) {
        return switch (principal) {
            case HOME ->
                    Map.of(
                            "keyturn.instance.name", "home",
                            "keyturn.keys.public-file", folder.publicKeys().toString(),
                            "keyturn.documents.folder", folder.documents().toString(),
                            "keyturn.home.launcher-token-file", folder.launcherToken().toString());
            case TWOFA -> Map.of("keyturn.instance.name", "twofa");
            case WORKER ->
                    Map.of(
                            "keyturn.instance.name", "worker-1",
                            "keyturn.keys.private-file", folder.privateKeys().toString(),
                            "keyturn.documents.folder", folder.documents().toString());
        };
    }
}
