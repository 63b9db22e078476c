package dev.keyturn.systemtests;

import static dev.keyturn.systemtests.Patience.awaiting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyturn.events.ConnectorEvent;
import dev.keyturn.events.DocumentSaved;
import dev.keyturn.events.RunAdopted;
import dev.keyturn.local.api.Challenge;
import dev.keyturn.local.api.Run;
import dev.keyturn.seal.ChallengeKey;
import dev.keyturn.wire.Message;
import dev.keyturn.wire.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One person with one account at the sandbox site, one run, and what must be true of it whatever
 * was killed meanwhile.
 */
final class Visit {

    /** What the site has for everybody. */
    private static final int STATEMENTS = 3;

    /** What a run tells that nothing happened to. */
    static final List<String> ASKED =
            List.of("RunQueued", "LoginStarted", "AutoSuccessDisabled", "TwoFaRequested");

    static final List<String> IN = List.of("LoginSucceeded", "DocumentSaved", "RunFinished");

    private final String login;
    private final World world;
    private final Person person;
    private final UUID account;
    private final Log log;
    private @Nullable UUID run;
    private @Nullable Challenge challenge;
    private @Nullable Press press;
    private @Nullable CompletableFuture<String> verdict;

    /** One press of the button, which somebody who is killed may never answer. */
    private record Press(UUID submission, String sealed) {}

    Visit(World world, String login) {
        this.world = world;
        this.login = login;
        this.person = world.person(login);
        this.account = person.addSandbox(login);
        this.log = new Log(world.stackSettings());
    }

    Person person() {
        return person;
    }

    UUID account() {
        return account;
    }

    UUID run() {
        return Objects.requireNonNull(run, login);
    }

    Challenge challenge() {
        return Objects.requireNonNull(challenge, login);
    }

    void runs() {
        run = person.run(account);
    }

    /** The run whose beginning nobody answered. */
    void finds() {
        run = person.home().runs(1).getFirst().id();
    }

    void isAsked() {
        challenge = person.challenge(run());
    }

    void isAskedInRound(int round) {
        challenge =
                awaiting("round " + round)
                        .until(() -> person.challenge(run()), c -> c.round() == round);
    }

    /** Presses <em>Send again</em>, as soon as the site allows it. */
    void wantsAnother() {
        Instant from = Objects.requireNonNull(challenge().resendFrom());
        awaiting("the site sends again").until(() -> Instant.now().isAfter(from));
        assertThat(person.home().resend(challenge().id())).isEqualTo("DELIVERED");
    }

    /** Gives the right code, which is taken. */
    void answers() {
        if (challenge == null) {
            isAsked();
        }
        assertThat(sendsUntilItHasAVerdict()).isEqualTo("DELIVERED");
    }

    /** Sends the right code; sent again it is the same submission. */
    String sends() {
        Press pressed = press();
        return person.home()
                .submit(
                        challenge().id(),
                        pressed.submission(),
                        challenge().round(),
                        pressed.sealed());
    }

    private synchronized Press press() {
        if (press == null) {
            String sealed =
                    ChallengeKey.seal(
                            Objects.requireNonNull(challenge().jwk()),
                            world.sandboxSite().code(login),
                            challenge().id(),
                            challenge().round());
            press = new Press(UUID.randomUUID(), sealed);
        }
        return press;
    }

    /** As a page does that hears nothing. */
    String sendsUntilItHasAVerdict() {
        return awaiting("a verdict")
                .ignoreExceptions()
                .until(this::sends, said -> !said.equals("PENDING"));
    }

    /** The same, on a thread of its own. */
    void sendsLater() {
        Press _ = press();
        verdict = CompletableFuture.supplyAsync(this::sendsUntilItHasAVerdict);
    }

    String verdict() {
        return Objects.requireNonNull(verdict).join();
    }

    Run end() {
        return person.end(run());
    }

    /** The run ends well, with one message and one code at the site. */
    void isIn(Object... facts) {
        ends("DONE", facts);
        assertThat(atTheSite("MESSAGE")).isEqualTo(1);
        assertThat(atTheSite("CODE")).isEqualTo(1);
    }

    void isInterrupted(Object... facts) {
        assertThat(ends("FAILED", facts).reason()).isEqualTo("INTERRUPTED");
    }

    /**
     * The log has exactly these facts of the run, and Home shows what the log has; of documents
     * only the first is named.
     *
     * @param facts names, or lists of names
     */
    Run ends(String state, Object... facts) {
        Run end = end();
        List<ConnectorEvent> all = log.facts(run());
        List<String> names = all.stream().map(ConnectorEvent::typeName).toList();
        assertThat(end.state()).as("%s: %s", login, names).isEqualTo(state);
        assertThat(withoutRepeats(names)).as(login).isEqualTo(flat(facts));
        assertThat(person.events(run())).as(login).isEqualTo(names);
        assertThat(person.home().openChallenges()).as(login).isEmpty();
        assertThat(documents(all))
                .as(login)
                .hasSize(state.equals("DONE") ? STATEMENTS : 0)
                .doesNotHaveDuplicates();
        return end;
    }

    /** How many entries of a kind the site's log has of this person. */
    long atTheSite(String kind) {
        return world.sandboxSite().logged(login, kind);
    }

    /** That another worker has it, as soon as the log says so. */
    RunAdopted isAdopted() {
        return awaiting("the adoption of " + login)
                .until(
                        () ->
                                log.facts(run()).stream()
                                        .flatMap(
                                                f ->
                                                        f instanceof RunAdopted a
                                                                ? Stream.of(a)
                                                                : Stream.empty())
                                        .toList(),
                        adoptions -> !adoptions.isEmpty())
                .getFirst();
    }

    /** The run's facts on the log. */
    List<String> facts() {
        return log.facts(run()).stream().map(ConnectorEvent::typeName).toList();
    }

    /** What Home has told the workers about the account, each once. */
    List<String> commands() {
        return log.all(Topics.RUNS).stream()
                .filter(m -> m.key().equals(account.toString()))
                .distinct()
                .map(Message::typeName)
                .toList();
    }

    private static List<String> documents(List<ConnectorEvent> facts) {
        return facts.stream()
                .flatMap(f -> f instanceof DocumentSaved d ? Stream.of(d.sha256()) : Stream.empty())
                .toList();
    }

    private static List<Object> flat(Object... facts) {
        return Stream.of(facts)
                .<Object>flatMap(f -> f instanceof List<?> list ? list.stream() : Stream.of(f))
                .toList();
    }

    private static List<String> withoutRepeats(List<String> names) {
        List<String> without = new ArrayList<>();
        for (String name : names) {
            if (!name.equals("DocumentSaved") || !name.equals(without.getLast())) {
                without.add(name);
            }
        }
        return without;
    }
}
