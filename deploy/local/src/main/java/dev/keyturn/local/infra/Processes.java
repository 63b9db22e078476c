package dev.keyturn.local.infra;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Broker and database as processes of this machine, on free ports. */
final class Processes implements InfrastructureProvider {

    static final String NAME = "processes";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Started start(HomeFolder folder, Consumer<ProcessHandle> endWithUs) {
        Checkout checkout = Checkout.here();
        Secrets secrets = folder.secrets();
        List<Integer> free = FreePorts.find(3);
        KafkaProcess kafka =
                new KafkaProcess(
                        checkout, folder.kafka(), free.get(0), free.get(1), secrets, List.of());
        PostgresProcess postgres =
                new PostgresProcess(checkout, folder.postgres(), free.get(2), secrets, true);
        Executor threads = task -> Thread.ofVirtual().start(task);
        try {
            CompletableFuture.allOf(
                            CompletableFuture.runAsync(
                                    () -> startKafka(kafka, folder, endWithUs), threads),
                            CompletableFuture.runAsync(
                                    () -> startPostgres(postgres, folder, endWithUs), threads))
                    .join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof StackFailure failure ? failure : e;
        }
        return new Started(kafka.access(), postgres.access(), () -> {});
    }

    private static void startKafka(
            KafkaProcess kafka, HomeFolder folder, Consumer<ProcessHandle> endWithUs) {
        kafka.prepare();
        Path log = folder.logs().resolve("kafka.log");
        ProcessHandle process = run(kafka.command(), folder, log, endWithUs);
        kafka.awaitReady(process, log, Catalogue.ofContract());
    }

    private static void startPostgres(
            PostgresProcess postgres, HomeFolder folder, Consumer<ProcessHandle> endWithUs) {
        postgres.prepare();
        Path log = folder.logs().resolve("postgres.log");
        postgres.awaitReady(run(postgres.command(), folder, log, endWithUs), log);
    }

    private static ProcessHandle run(
            List<String> command, HomeFolder folder, Path log, Consumer<ProcessHandle> endWithUs) {
        ProcessHandle process = Detached.start(command, Map.of(), folder.path(), log).toHandle();
        endWithUs.accept(process);
        return process;
    }
}
