package dev.keyturn.simulator.cast;

import dev.keyturn.sdk.Cookie;
import dev.keyturn.sdk.FormValue;
import dev.keyturn.sdk.Page;
import dev.keyturn.sdk.Request;
import dev.keyturn.simulator.db.RunRow;
import dev.keyturn.simulator.db.WorkerTables;
import dev.keyturn.simulator.fibers.Fiber;
import dev.keyturn.simulator.world.SimulatedProcess;
import dev.keyturn.worker.http.HostRules;
import dev.keyturn.worker.http.HttpSession;
import dev.keyturn.worker.http.HttpSessions;
import dev.keyturn.worker.http.RequestGate;
import dev.keyturn.worker.http.StoredPage;
import dev.keyturn.worker.lease.Instance;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A worker's way to the site; sees to it that nobody goes there who has lost his run. */
final class SiteSessions implements HttpSessions {

    private static final String RUN = "run-";

    private final SimulatedProcess process;
    private final WorkerTables tables;
    private final Instance instance;
    private final Site site;

    SiteSessions(SimulatedProcess process, WorkerTables tables, Instance instance, Site site) {
        this.process = process;
        this.tables = tables;
        this.instance = instance;
        this.site = site;
    }

    @Override
    public HttpSession open(HostRules hosts, byte @Nullable [] keptJar, RequestGate gate) {
        UUID run = UUID.fromString(Fiber.current().name().substring(RUN.length()));
        return new Visit(run, keptJar, gate);
    }

    @Override
    public void close() {}

    private final class Visit implements HttpSession {

        private final UUID run;
        private final UUID account;
        private final long epoch;
        private final RequestGate gate;
        private String cookie;
        private boolean kept;

        Visit(UUID run, byte @Nullable [] keptJar, RequestGate gate) {
            this.run = run;
            this.gate = gate;
            this.kept = keptJar != null;
            this.cookie = keptJar == null ? "" : new String(keptJar, StandardCharsets.UTF_8);
            RunRow row = row();
            this.account = row.accountId();
            this.epoch = instance.id().equals(row.holder()) ? row.epoch() : -1;
        }

        private RunRow row() {
            return Objects.requireNonNull(tables.runs.row(run));
        }

        @Override
        public Page send(Request request) {
            gate.beforeRequest(request.method(), request.address());
            if (row().epoch() != epoch) {
                process.world()
                        .watch()
                        .violation("order", "a request began for a run that another has");
            }
            process.lapse(80, 3_000);
            Map<String, String> form =
                    request.form().stream()
                            .collect(Collectors.toMap(FormValue::name, FormValue::value));
            String path = request.address().getPath();
            Site.Answer answer = site.handle(run, account, path, form, cookie);
            process.world()
                    .tell("site", () -> path + " by " + process.name() + ": " + answer.status());
            process.lapse(80, 3_000);
            if (answer.cookie() != null) {
                cookie = answer.cookie();
            }
            return new StoredPage(
                            request.address().toString(),
                            answer.status(),
                            Map.of("content-type", "text/plain"),
                            Base64.getEncoder()
                                    .encodeToString(answer.body().getBytes(StandardCharsets.UTF_8)))
                    .toPage();
        }

        @Override
        public boolean isKept() {
            return kept;
        }

        @Override
        public List<Cookie> cookies() {
            return List.of();
        }

        @Override
        public void clear() {
            cookie = "";
            kept = false;
        }

        @Override
        public byte[] exportJar() {
            return cookie.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public void restoreJar(byte[] jar) {
            cookie = new String(jar, StandardCharsets.UTF_8);
        }
    }
}
