package dev.keyturn.local.stack;

import dev.keyturn.local.infra.HomeFolder;
import dev.keyturn.local.infra.PrivateFiles;
import dev.keyturn.local.infra.StackFailure;
import dev.keyturn.local.infra.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Quarkus application as a process. Its configuration, secrets included, lies in a file that only
 * we can read.
 *
 * @param port what is shown; the management port if it serves nothing else
 * @param app the copy of its {@code quarkus-app} folder
 * @param heap the most that its heap may take, as for {@code -Xmx}
 * @param jvmFlags what the JVM gets beside
 */
record ServiceMember(
        String name,
        int port,
        int managementPort,
        boolean needsInfrastructure,
        Path app,
        String heap,
        List<String> jvmFlags,
        Map<String, String> configuration,
        HomeFolder home,
        Management management)
        implements Member {

    private static final Duration START = Duration.ofMinutes(3);

    /** Above what the application's own file says. */
    private static final String ORDINAL = "500";

    ServiceMember on(int shown, int management) {
        return new ServiceMember(
                name,
                shown,
                management,
                needsInfrastructure,
                app,
                heap,
                jvmFlags,
                configuration,
                home,
                this.management);
    }

    ServiceMember withoutInfrastructure() {
        return new ServiceMember(
                name,
                port,
                managementPort,
                false,
                app,
                heap,
                jvmFlags,
                configuration,
                home,
                management);
    }

    @Override
    public List<Integer> ports() {
        return port == managementPort ? List.of(port) : List.of(port, managementPort);
    }

    @Override
    public String version() {
        return Version.keyturn();
    }

    @Override
    public void prepare() {
        Map<String, String> all = new LinkedHashMap<>(configuration);
        all.put("config_ordinal", ORDINAL);
        all.put("quarkus.management.host", "127.0.0.1");
        all.put("quarkus.management.port", String.valueOf(managementPort));
        PrivateFiles.write(file(), PropertiesFile.text(all));
        PrivateFiles.folder(home.cache());
    }

    @Override
    public List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
        command.addAll(List.of("-Xms24m", "-Xmx" + heap, "-XX:+UseSerialGC"));
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError"));
        command.addAll(List.of("-Xlog:disable"));
        command.addAll(jvmFlags);
        command.addAll(StartUpArchive.built(home, app));
        command.addAll(
                List.of(
                        "--sun-misc-unsafe-memory-access=allow",
                        "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of("-jar", app.resolve("quarkus-run.jar").toString()));
        return command;
    }

    @Override
    public Map<String, String> environment() {
        // A list of addresses: what separates them or is no letter of one must not be in them.
        String address = file().toUri().toString().replace(",", "%2C");
        return Map.of("QUARKUS_CONFIG_LOCATIONS", address);
    }

    @Override
    public void awaitReady(ProcessHandle process, Path log) {
        Waiting.until(
                name,
                process,
                log,
                START,
                () -> {
                    Optional<String> missing = notReady();
                    if (missing.isPresent()) {
                        throw new StackFailure(missing.get());
                    }
                    return Optional.of(true);
                });
    }

    @Override
    public Optional<String> notReady() {
        return management.notReady(managementPort);
    }

    private Path file() {
        return home.run().resolve(name + ".properties");
    }
}
