package dev.keyturn.worker.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyturn.events.RunFailed;
import dev.keyturn.events.RunFinished;
import dev.keyturn.events.TwoFaRequested;
import dev.keyturn.worker.testing.Person;
import dev.keyturn.worker.testing.Site;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SecretsTest extends WorkerIntegration {

    private static final List<String> SECRETS = List.of(Person.PASSWORD, Site.CODE, Site.COOKIE);

    private static final List<String> TABLES =
            List.of("account", "run", "journal", "checkpoint", "inbox", "outbox", "document");

    @Test
    void noSecretStandsInClearInADatabaseAMessageOrTheLog() {
        List<String> logged = new CopyOnWriteArrayList<>();
        Handler handler = remembering(logged);
        Logger.getLogger("").addHandler(handler);
        try {
            Person ada = person();
            ada.saves("kept");
            UUID _ = ada.runs();
            others.fact(ada.account, TwoFaRequested.class);
            assertNothingIn(tables());
            ada.types(0, Site.CODE);
            others.fact(ada.account, RunFinished.class);
            Person thrower = person();
            thrower.saves("throws");
            UUID _ = thrower.runs();
            others.fact(thrower.account, RunFailed.class);
            assertNothingIn(tables());
            assertThat(logged).anyMatch(line -> line.contains("A connector failed"));
            assertNothingIn(logged);
            assertNothingIn(
                    others.raw().stream()
                            .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                            .toList());
        } finally {
            Logger.getLogger("").removeHandler(handler);
        }
    }

    private static void assertNothingIn(List<String> texts) {
        assertThat(texts).isNotEmpty();
        SECRETS.forEach(secret -> assertThat(texts).noneMatch(text -> text.contains(secret)));
    }

    private List<String> tables() {
        return onVirtualThread(
                () ->
                        TABLES.stream()
                                .flatMap(
                                        table ->
                                                database
                                                        .tx(
                                                                tx ->
                                                                        tx.list(
                                                                                "select t::text"
                                                                                        + " from "
                                                                                        + table
                                                                                        + " t"))
                                                        .stream())
                                .map(row -> row.getString(0))
                                .toList());
    }

    private static Handler remembering(List<String> lines) {
        return new Handler() {
            @Override
            public void publish(LogRecord record) {
                lines.add(
                        record.getMessage()
                                + " "
                                + java.util.Arrays.toString(record.getParameters())
                                + " "
                                + record.getThrown());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }
}
