package dev.keyturn.home;

import static dev.keyturn.home.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyturn.home.projection.Changes;
import dev.keyturn.home.status.Facts;
import dev.keyturn.service.db.Database;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A page that does not read what it is sent costs little, holds up nobody, and is dropped. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class SlowPageTest {

    /** So many that one snapshot of them is more than all buffers on the way can take. */
    private static final int ACCOUNTS = 16_000;

    private static final String LABEL = "\uD83D\uDD11".repeat(90);
    private static final long SNAPSHOT =
            (long) ACCOUNTS * LABEL.getBytes(StandardCharsets.UTF_8).length;

    @Inject Database database;

    private final Person ada = new Person();
    private final Person ben = new Person();

    @Test
    void aPageThatStopsReadingIsDroppedAndOthersGoOn() throws IOException {
        UUID bens = ben.account();
        Facts f = ben.run(bens);
        ben.worker(f.started(1));
        List<UUID> many = Stream.generate(UUID::randomUUID).limit(ACCOUNTS).toList();
        add(ada.id(), many);
        await().until(() -> Metrics.streams() == 0);
        try (EventStream page = new EventStream(ben.client)) {
            page.awaitEvent("snapshot", _ -> true);
            boolean hasHeardBesideIt = false;
            // On a machine that stands still for longer than the sleeper may sleep, once more.
            for (int times = 1; times <= 5 && !hasHeardBesideIt; times++) {
                try (Socket sleeper = sleeper()) {
                    await().until(() -> sleeper.getInputStream().available() > 0);
                    hears(page, f, 2 * times);
                    hasHeardBesideIt = Metrics.streams() == 2;
                    database.run(tx -> Changes.tell(tx, many));
                    hears(page, f, 2 * times + 1);
                    await().until(() -> Metrics.streams() == 1);
                    assertThat(restOf(sleeper)).isLessThan(SNAPSHOT);
                }
            }
            assertThat(hasHeardBesideIt).isTrue();
        }
    }

    /** The page is told of one more document. */
    private void hears(EventStream page, Facts f, int second) {
        int before = page.lastDocuments();
        ben.worker(f.document(second));
        await().until(() -> page.lastDocuments() == before + 1);
    }

    private void add(UUID user, List<UUID> ids) {
        database.run(
                tx ->
                        tx.update(
                                """
                                insert into account (id, user_id, connector, label, created_at,
                                    credentials, credentials_version, seen_version, version)
                                select id, $2, 'sandbox', $3 || row_number() over (), now(),
                                    'SAVED', 1, 1, nextval('view_version')
                                from unnest($1::uuid[]) id\
                                """,
                                ids.toArray(UUID[]::new),
                                user,
                                LABEL));
    }

    /** Asks for the stream and then reads nothing. */
    private Socket sleeper() throws IOException {
        URI home = URI.create(Client.baseUrl());
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(home.getHost(), home.getPort()));
        String request =
                "GET /api/stream HTTP/1.1\r\nHost: "
                        + home.getAuthority()
                        + "\r\nAuthorization: Bearer "
                        + Client.launcherToken()
                        + "\r\nKeyturn-User: "
                        + ada.name
                        + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static long restOf(Socket socket) {
        long bytes = 0;
        try {
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[64 * 1024];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                bytes += read;
            }
        } catch (IOException _) {
            // It was reset; what came until then is counted.
        }
        return bytes;
    }
}
