package dev.keyturn.worker.inbox;

import dev.keyturn.commands.RunCommand;
import dev.keyturn.service.reading.Reader;
import dev.keyturn.wire.Topics;
import dev.keyturn.worker.store.Messages;
import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Reads {@code connector.runs.v1} into the database, and does nothing else. */
@ApplicationScoped
public class RunsIn {

    private final Reader reader;
    private final Commands commands;

    RunsIn(Reader reader, Commands commands) {
        this.reader = reader;
        this.commands = commands;
    }

    /** Writes a batch into the database, and returns when that is done. */
    @Incoming("runs-in")
    @Blocking
    public void read(ConsumerRecords<String, byte[]> batch) {
        reader.apply(
                Topics.RUNS,
                batch,
                (tx, received) -> {
                    received.forEach(
                            r -> {
                                if (r.message() instanceof RunCommand command) {
                                    commands.on(tx, command, r.traceparent());
                                }
                            });
                    tx.notify(Messages.CHANNEL, "");
                });
    }
}
