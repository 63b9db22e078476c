package dev.keyturn.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyturn.sdk.Connector;
import dev.keyturn.sdk.ConnectorFailure;
import dev.keyturn.sdk.Document;
import dev.keyturn.sdk.Fields;
import dev.keyturn.sdk.Login;
import dev.keyturn.sdk.NextRound;
import dev.keyturn.sdk.Page;
import dev.keyturn.sdk.Reason;
import dev.keyturn.sdk.Session;
import dev.keyturn.sdk.Step;
import dev.keyturn.sdk.TwoFaCode;
import dev.keyturn.sdk.TwoFaOptions;
import dev.keyturn.sdk.TwoFaType;
import dev.keyturn.worker.http.HostRules;
import dev.keyturn.worker.http.HttpSession;
import dev.keyturn.worker.http.HttpSessions;
import dev.keyturn.worker.http.RequestGate;
import dev.keyturn.worker.http.StoredPage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A run as a connector sees it: a real session, a person who answers from a list, and a journal
 * that a second run can be given, as after the death of a worker.
 */
public final class FakeLogin implements Login {

    private record Entry(String name, Object result) {}

    /** What the person says when asked. */
    private sealed interface Turn {
        record Code(Function<TwoFaOptions, String> code) implements Turn {}

        record Wish(Function<TwoFaOptions, Optional<NextRound>> offer) implements Turn {}
    }

    private final Connector connector;
    private final HttpSessions sessions;
    private final Map<String, String> fields;
    private final Map<String, String> settings = new HashMap<>();
    private final Deque<Turn> turns = new ArrayDeque<>();
    private final List<TwoFaOptions> questions = new ArrayList<>();
    private final List<String> events = new ArrayList<>();
    private final List<Document> documents = new ArrayList<>();
    private final List<Entry> journal = new ArrayList<>();
    private final List<Entry> finished = new ArrayList<>();
    private boolean manual = true;
    private @Nullable String step;
    private byte @Nullable [] kept;
    private @Nullable HttpSession session;

    public FakeLogin(Connector connector, HttpSessions sessions, Map<String, String> fields) {
        this.connector = connector;
        this.sessions = sessions;
        this.fields = fields;
    }

    public FakeLogin setting(String key, String value) {
        settings.put(key, value);
        return this;
    }

    /** Nobody watches. */
    public FakeLogin unwatched() {
        manual = false;
        return this;
    }

    /** The person's next answer. */
    public FakeLogin answer(String code) {
        turns.add(new Turn.Code(_ -> code));
        return this;
    }

    /** The person's next answer, made when it is asked for. */
    public FakeLogin answer(Function<TwoFaOptions, String> code) {
        turns.add(new Turn.Code(code));
        return this;
    }

    /** Before the next answer the person wants another message. */
    public FakeLogin wantsAnother() {
        turns.add(new Turn.Wish(TwoFaOptions::resend));
        return this;
    }

    /** Before the next answer the person wants another kind of second factor. */
    public FakeLogin wants(TwoFaType other) {
        turns.add(new Turn.Wish(options -> Optional.ofNullable(options.methods().get(other))));
        return this;
    }

    /** Begins with the cookies of another run. */
    public FakeLogin keeping(FakeLogin earlier) {
        kept = earlier.http().exportJar();
        return this;
    }

    /** Goes on where another run stood. */
    public FakeLogin adopting(FakeLogin dead) {
        journal.addAll(dead.finished);
        return this;
    }

    public FakeLogin run() {
        connector.run(this);
        return this;
    }

    /** Verbs, steps ({@code step x}, {@code once x}) and questions in their order. */
    public List<String> events() {
        return events;
    }

    public List<TwoFaOptions> questions() {
        return questions;
    }

    public List<Document> documents() {
        return documents;
    }

    @Override
    public Fields fields() {
        return name -> Optional.ofNullable(fields.get(name)).filter(value -> !value.isBlank());
    }

    @Override
    public Map<String, String> settings() {
        return settings;
    }

    @Override
    public Session session() {
        return http();
    }

    private HttpSession http() {
        if (session == null) {
            HostRules hosts = HostRules.of(connector.info(), fields, settings);
            session = sessions.open(hosts, kept, RequestGate.OPEN);
        }
        return session;
    }

    @Override
    public boolean isManual() {
        return manual;
    }

    @Override
    public boolean mayAsk() {
        return manual;
    }

    @Override
    public ConnectorFailure cannotAsk() {
        return ConnectorFailure.of(Reason.USER_ACTION_NEEDED_TWOFA_EXPIRED);
    }

    @Override
    public void deactivateAutoSuccessfulLogin() {
        events.add("deactivateAutoSuccessfulLogin");
    }

    @Override
    public void notifySuccessfulLogin() {
        events.add("notifySuccessfulLogin");
    }

    @Override
    public TwoFaCode waitForTwoFaCode(TwoFaOptions options) {
        assertThat(step).as("nobody is asked inside a step").isNull();
        if (!manual || turns.isEmpty()) {
            throw cannotAsk();
        }
        events.add("ask " + options.type());
        questions.add(options);
        return switch (turns.remove()) {
            case Turn.Code(var code) -> typed(options, options.format().clean(code.apply(options)));
            case Turn.Wish(var offer) -> {
                NextRound next = offer.apply(options).orElseThrow();
                Page page = step("next round").once().run(Page.class, next.request());
                yield waitForTwoFaCode(next.question().apply(page));
            }
        };
    }

    private TwoFaCode typed(TwoFaOptions options, String code) {
        assertThat(options.accepts(code)).as("the format fits the code").isTrue();
        return new TwoFaCode() {
            @Override
            protected String open() {
                assertThat(step).as("codes are revealed inside a step").isNotNull();
                return code;
            }
        };
    }

    @Override
    public Step step(String name) {
        return new FakeStep(name);
    }

    @Override
    public void saveDocument(Document document) {
        documents.add(document);
    }

    private final class FakeStep implements Step {

        private final String name;
        private String kind = "step ";

        FakeStep(String name) {
            this.name = name;
        }

        @Override
        public Step once() {
            kind = "once ";
            return this;
        }

        @Override
        public <T> T run(Class<T> type, Supplier<T> body) {
            assertThat(step).as("steps do not nest").isNull();
            Entry known = finished.size() < journal.size() ? journal.get(finished.size()) : null;
            if (known != null) {
                assertThat(known.name()).isEqualTo(name);
                finished.add(known);
                return type.cast(
                        known.result() instanceof StoredPage page ? page.toPage() : known.result());
            }
            events.add(kind + name);
            step = name;
            try {
                T result = body.get();
                finished.add(
                        new Entry(
                                name, result instanceof Page page ? StoredPage.of(page) : result));
                return result;
            } finally {
                step = null;
            }
        }
    }
}
