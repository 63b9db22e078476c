package dev.keyturn.local.stack;

import dev.keyturn.local.infra.Checkout;
import dev.keyturn.local.infra.HomeFolder;
import dev.keyturn.local.infra.PrivateFiles;
import dev.keyturn.local.infra.StackFailure;
import dev.keyturn.local.terminal.WrongUse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Which stack is meant.
 *
 * @param home where its state lies
 * @param ports where it listens
 */
public record Settings(Checkout checkout, HomeFolder home, StackPorts ports) {

    /** From {@code KEYTURN_HOME} and {@code KEYTURN_PORT_BASE}; without it, where it last ran. */
    public static Settings of(Map<String, String> environment) {
        Checkout checkout = Checkout.here();
        String folder = environment.getOrDefault("KEYTURN_HOME", "");
        Path path = folder.isBlank() ? checkout.root().resolve(".keyturn") : Path.of(folder);
        HomeFolder home = new HomeFolder(path.toAbsolutePath().normalize());
        return new Settings(checkout, home, ports(home, environment));
    }

    private static StackPorts ports(HomeFolder home, Map<String, String> environment) {
        String given = environment.getOrDefault("KEYTURN_PORT_BASE", "");
        if (!given.isBlank()) {
            return StackPorts.parse(given);
        }
        return remembered(home).orElseGet(() -> new StackPorts(StackPorts.DEFAULT_BASE));
    }

    private static Optional<StackPorts> remembered(HomeFolder home) {
        Path last = lastPorts(home);
        try {
            return Optional.of(last)
                    .filter(Files::exists)
                    .map(PrivateFiles::read)
                    .map(StackPorts::parse);
        } catch (WrongUse e) {
            throw new StackFailure(last + " is broken: it must hold a port", e);
        }
    }

    /** The same folder, where its stack started last, whatever ports are asked for now. */
    Settings asStarted() {
        return new Settings(checkout, home, remembered(home).orElse(ports));
    }

    void rememberPorts() {
        PrivateFiles.write(lastPorts(home), String.valueOf(ports.base()));
    }

    private static Path lastPorts(HomeFolder home) {
        return home.run().resolve("port-base");
    }

    /** Where Home answers. On 127.0.0.1, the sandbox site on localhost: two cookie jars. */
    public String homeUrl() {
        return "http://127.0.0.1:" + ports.home();
    }

    public String sandboxUrl() {
        return "http://localhost:" + ports.sandbox();
    }

    public String phoneUrl() {
        return sandboxUrl() + "/phone";
    }
}
