package dev.keyturn.local.stack;

import dev.keyturn.local.infra.PostgresProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

record PostgresMember(PostgresProcess postgres, int port) implements Member {

    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public List<Integer> ports() {
        return List.of(port);
    }

    @Override
    public String version() {
        return Version.postgres();
    }

    @Override
    public boolean needsInfrastructure() {
        return false;
    }

    @Override
    public void prepare() {
        postgres.prepare();
    }

    @Override
    public List<String> command() {
        return postgres.command();
    }

    @Override
    public Map<String, String> environment() {
        return Map.of();
    }

    @Override
    public void awaitReady(ProcessHandle process, Path log) {
        postgres.awaitReady(process, log);
    }

    @Override
    public Optional<String> notReady() {
        return PortCheck.answers(port) ? Optional.empty() : Optional.of("no answer");
    }
}
