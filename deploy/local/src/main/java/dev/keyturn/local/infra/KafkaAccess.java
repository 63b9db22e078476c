package dev.keyturn.local.infra;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How the clients of a broker on loopback log in, wherever the broker runs.
 *
 * @param port where it is reached
 * @param secrets where the users' passwords are
 */
public record KafkaAccess(int port, Secrets secrets) {

    /** The user that may do everything: the broker itself, and the launcher. */
    public static final String ADMIN = "admin";

    private static final List<String> USERS = List.of(ADMIN, "home", "twofa", "worker");
    private static final String LOGIN_MODULE =
            "org.apache.kafka.common.security.plain.PlainLoginModule required";

    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** What a client of this user configures. */
    public Map<String, String> clientConfig(String user) {
        Map<String, String> config = new LinkedHashMap<>();
        config.put("bootstrap.servers", bootstrapServers());
        config.put("security.protocol", "SASL_PLAINTEXT");
        config.put("sasl.mechanism", "PLAIN");
        config.put("sasl.jaas.config", login(user) + ";");
        return config;
    }

    /** What the broker configures on the listener for its clients: who they are. */
    public String everybody() {
        return users(USERS);
    }

    /** What it configures on a listener for itself alone. */
    public String adminOnly() {
        return users(List.of(ADMIN));
    }

    private String users(List<String> users) {
        return users.stream()
                .map(user -> "user_%s=\"%s\"".formatted(user, password(user)))
                .collect(Collectors.joining(" ", login(ADMIN) + " ", ";"));
    }

    private String login(String user) {
        return "%s username=\"%s\" password=\"%s\"".formatted(LOGIN_MODULE, user, password(user));
    }

    private String password(String user) {
        return secrets.get("kafka-" + user);
    }
}
