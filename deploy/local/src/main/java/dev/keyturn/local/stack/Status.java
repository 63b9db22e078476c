package dev.keyturn.local.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a stack stands.
 *
 * @param ready whether every process of a stack runs and is ready
 * @param folder where its state lies
 * @param portBase where its ports begin: those of the processes that run, if any does
 */
public record Status(
        String home,
        String sandboxSite,
        String phone,
        String folder,
        int portBase,
        boolean ready,
        List<ProcessStatus> processes) {

    private static final List<String> ALWAYS =
            List.of("kafka", "postgres", "sandbox-site", "twofa", "home", "worker-1");
    private static final Executor THREADS = task -> Thread.ofVirtual().start(task);

    /**
     * How one process stands.
     *
     * @param memory in bytes
     * @param missing why it is not ready
     */
    public record ProcessStatus(
            String name,
            boolean ready,
            @Nullable Long pid,
            @Nullable Integer port,
            @Nullable Long memory,
            @Nullable String version,
            @Nullable String missing,
            @Nullable Integer slots,
            @Nullable Integer working,
            @Nullable Integer waiting) {

        static ProcessStatus stopped(String name) {
            return new ProcessStatus(
                    name, false, null, null, null, null, "not running", null, null, null);
        }
    }

    /** Looks at every process, where it runs: other ports may be asked for now. */
    public static Status of(Settings asked) {
        Map<String, Running> alive = new LocalStack(asked, _ -> {}).alive();
        Settings settings = alive.isEmpty() ? asked : asked.asStarted();
        Management management = new Management();
        Map<String, CompletableFuture<ProcessStatus>> looks = new LinkedHashMap<>();
        Stream.concat(ALWAYS.stream(), alive.keySet().stream())
                .distinct()
                .forEach(
                        name ->
                                looks.put(
                                        name,
                                        CompletableFuture.supplyAsync(
                                                () ->
                                                        look(
                                                                name,
                                                                alive.get(name),
                                                                settings.ports(),
                                                                management),
                                                THREADS)));
        List<ProcessStatus> processes = new ArrayList<>();
        looks.values().forEach(look -> processes.add(look.join()));
        return new Status(
                settings.homeUrl(),
                settings.sandboxUrl(),
                settings.phoneUrl(),
                settings.home().path().toString(),
                settings.ports().base(),
                processes.stream().allMatch(ProcessStatus::ready),
                processes);
    }

    private static ProcessStatus look(
            String name, @Nullable Running running, StackPorts ports, Management management) {
        if (running == null) {
            return ProcessStatus.stopped(name);
        }
        Optional<ProcessHandle> process = running.process();
        if (process.isEmpty()) {
            return ProcessStatus.stopped(name);
        }
        int managementPort = managementPort(name, running, ports);
        Optional<String> missing =
                managementPort > 0 ? management.notReady(managementPort) : answers(running.port());
        Optional<JsonNode> work =
                name.startsWith("worker-") ? management.worker(managementPort) : Optional.empty();
        return new ProcessStatus(
                name,
                missing.isEmpty(),
                running.pid(),
                running.port(),
                MemoryUse.of(process.get()),
                running.version(),
                missing.orElse(null),
                number(work, "slots"),
                number(work, "working"),
                number(work, "waiting"));
    }

    private static Optional<String> answers(int port) {
        return PortCheck.answers(port) ? Optional.empty() : Optional.of("no answer");
    }

    private static int managementPort(String name, Running running, StackPorts ports) {
        return switch (name) {
            case "kafka", "postgres" -> 0;
            case "home" -> ports.homeManagement();
            case "sandbox-site" -> ports.sandboxManagement();
            default -> running.port();
        };
    }

    private static @Nullable Integer number(Optional<JsonNode> work, String name) {
        return work.map(w -> w.path(name))
                .filter(JsonNode::isInt)
                .map(JsonNode::asInt)
                .orElse(null);
    }
}
