package dev.keyturn.local.stack;

import dev.keyturn.local.infra.Catalogue;
import dev.keyturn.local.infra.KafkaProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

record KafkaMember(KafkaProcess kafka, StackPorts all) implements Member {

    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public int port() {
        return all.kafka();
    }

    @Override
    public List<Integer> ports() {
        return List.of(all.kafka(), all.controller());
    }

    @Override
    public String version() {
        return Version.kafka();
    }

    @Override
    public boolean needsInfrastructure() {
        return false;
    }

    @Override
    public void prepare() {
        kafka.prepare();
    }

    @Override
    public List<String> command() {
        return kafka.command();
    }

    @Override
    public Map<String, String> environment() {
        return Map.of();
    }

    @Override
    public void awaitReady(ProcessHandle process, Path log) {
        kafka.awaitReady(process, log, Catalogue.ofContract());
    }

    @Override
    public Optional<String> notReady() {
        return PortCheck.answers(port()) ? Optional.empty() : Optional.of("no answer");
    }
}
