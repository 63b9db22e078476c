package dev.keyturn.twofa.challenge;

import static dev.keyturn.twofa.challenge.Sample.ACCOUNT;
import static dev.keyturn.twofa.challenge.Sample.CHALLENGE;
import static dev.keyturn.twofa.challenge.Sample.DEADLINE;
import static dev.keyturn.twofa.challenge.Sample.EMAIL;
import static dev.keyturn.twofa.challenge.Sample.LIMIT;
import static dev.keyturn.twofa.challenge.Sample.NOW;
import static dev.keyturn.twofa.challenge.Sample.OWNER;
import static dev.keyturn.twofa.challenge.Sample.RUN;
import static dev.keyturn.twofa.challenge.Sample.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyturn.commands.CancelChallenge;
import dev.keyturn.commands.ChallengeCommand;
import dev.keyturn.commands.ChooseMethod;
import dev.keyturn.commands.CloseChallenge;
import dev.keyturn.commands.ExpireChallenge;
import dev.keyturn.commands.ExtendChallenge;
import dev.keyturn.commands.ResendCode;
import dev.keyturn.commands.SubmitCode;
import dev.keyturn.events.ChallengeFact;
import dev.keyturn.replies.Cancelled;
import dev.keyturn.replies.CodeGiven;
import dev.keyturn.replies.Expired;
import dev.keyturn.replies.Extended;
import dev.keyturn.replies.MethodChosen;
import dev.keyturn.replies.ResendAsked;
import dev.keyturn.replies.VerdictGiven;
import dev.keyturn.replies.WorkerReply;
import dev.keyturn.values.ChallengeOutcome;
import dev.keyturn.values.Verdict;
import dev.keyturn.wire.ReplyAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Everything that can be said of one challenge, in all orders: 12! of them, and on the way all
 * orders of each part of it. Two beginnings that leave the same behind are gone on with once; what
 * must come of each step is told by {@link Story}, which knows nothing of how it is decided.
 */
class EveryOrderTest {

    /** What happens to a challenge. */
    enum Event {
        CODE,
        SAME_CODE_AGAIN,
        SECOND_TAB,
        CANCEL,
        DEADLINE_PASSES,
        MOVED_DEADLINE_PASSES,
        SEND_AGAIN,
        OTHER_METHOD,
        MORE_TIME,
        NEXT_ROUND_BEGINS,
        RUN_IS_CANCELLED,
        RUN_FINISHES
    }

    /** How a challenge ended. */
    enum End {
        ANSWERED,
        EXPIRED,
        CANCELLED,
        CLOSED
    }

    private static final String SEALED_IN_ROUND_1 = Sample.SEALED;
    private static final UUID FIRST_TAB = id(21);
    private static final UUID SECOND_TAB = id(22);
    private static final Map<Event, ChallengeCommand> COMMANDS = commands();

    private int steps;

    @Test
    void eachOrderOfEverythingGivesEachTheOneVerdictThatItMustGet() {
        Map<Reached, Long> now = Map.of(Reached.beginning(), 1L);
        for (int length = 0; length < Event.values().length; length++) {
            now = afterOneMore(now);
        }
        long orders = now.values().stream().mapToLong(Long::longValue).sum();
        assertThat(orders).isEqualTo(479_001_600L);
        assertThat(now.keySet()).allSatisfy(last -> assertThat(last.story().end()).isNotNull());
        assertThat(endings(now.keySet())).containsExactlyInAnyOrder(End.values());
        assertThat(steps).isGreaterThan(10_000);
    }

    /** Each stands for all beginnings that leave it behind; the number is how many they are. */
    private Map<Reached, Long> afterOneMore(Map<Reached, Long> before) {
        Map<Reached, Long> after = new HashMap<>();
        before.forEach(
                (at, orders) -> {
                    for (Event event : at.left()) {
                        after.merge(step(at, event), orders, Long::sum);
                    }
                });
        return after;
    }

    private static Set<End> endings(Set<Reached> all) {
        Set<End> ends = EnumSet.noneOf(End.class);
        all.forEach(
                last -> {
                    if (last.story().end() != null) {
                        ends.add(last.story().end());
                    }
                });
        return ends;
    }

    private Reached step(Reached at, Event event) {
        steps++;
        ChallengeCommand command = command(event);
        @Nullable UUID request = Asked.requestId(command);
        @Nullable Given given = request == null ? null : at.given().get(request);
        Decision decision =
                Decider.decide(at.challenge(), new Asked(command, address(request), given), NOW);
        Story.Told told = at.story().on(event);
        assertThat(said(decision, request)).as("%s after %s", event, at).isEqualTo(told.verdict());
        assertThat(decision.facts().stream().map(ChallengeFact::typeName))
                .as("facts of %s after %s", event, at)
                .containsExactlyElementsOf(told.facts());
        assertThat(toWorker(decision))
                .as("replies to %s after %s", event, at)
                .containsExactlyElementsOf(told.toWorker());
        Reached after = at.after(event, decision, told.story());
        assertAnswersTheSameWhenAskedAgain(after);
        return after;
    }

    /** Whoever adopts the run asks again, and learns the end, or the wish that stands. */
    private static void assertAnswersTheSameWhenAskedAgain(Reached at) {
        Story story = at.story();
        Decision again =
                Decider.decide(
                        at.challenge(),
                        new Asked(Sample.open(2, story.round()), Sample.WORKER, null),
                        NOW);
        assertThat(again.facts()).isEmpty();
        assertThat(again.challenge()).isEqualTo(at.challenge());
        assertThat(toWorker(again)).as("asked again at %s", at).isEqualTo(story.stillWanted());
    }

    private static @Nullable ReplyAddress address(@Nullable UUID request) {
        return request == null ? null : Sample.HOME;
    }

    private static @Nullable Verdict said(Decision decision, @Nullable UUID request) {
        List<Verdict> verdicts =
                decision.replies().stream()
                        .map(Answer::reply)
                        .filter(VerdictGiven.class::isInstance)
                        .map(reply -> ((VerdictGiven) reply).verdict())
                        .toList();
        assertThat(verdicts).hasSize(request == null ? 0 : 1);
        return verdicts.isEmpty() ? null : verdicts.getFirst();
    }

    private static List<Class<?>> toWorker(Decision decision) {
        List<Class<?>> replies = new ArrayList<>();
        decision.replies().stream()
                .map(Answer::reply)
                .filter(WorkerReply.class::isInstance)
                .forEach(reply -> replies.add(reply.getClass()));
        return replies;
    }

    /**
     * Where a beginning has led.
     *
     * @param given every verdict so far: what comes again gets it again
     * @param left what has not happened yet
     */
    record Reached(Challenge challenge, Map<UUID, Given> given, Set<Event> left, Story story) {

        static Reached beginning() {
            return new Reached(
                    Sample.OPEN, Map.of(), EnumSet.allOf(Event.class), Story.beginning());
        }

        Reached after(Event event, Decision decision, Story next) {
            Map<UUID, Given> verdicts = new HashMap<>(given);
            @Nullable UUID request = Asked.requestId(command(event));
            if (request != null && decision.given() != null) {
                assertThat(verdicts.put(request, decision.given())).isNull();
            }
            Set<Event> others = EnumSet.copyOf(left);
            others.remove(event);
            return new Reached(
                    Objects.requireNonNull(decision.challenge()),
                    Map.copyOf(verdicts),
                    others,
                    next);
        }
    }

    /**
     * What a person would say of it: what ends first wins, and everybody else is told by what.
     *
     * @param verdicts of the submissions so far
     * @param wish what was asked for in this round and stands
     * @param moved whether there is more time
     */
    record Story(
            @Nullable End end,
            Map<UUID, Verdict> verdicts,
            int round,
            @Nullable Event wish,
            boolean moved) {

        record Told(
                Story story,
                @Nullable Verdict verdict,
                List<String> facts,
                List<Class<?>> toWorker) {}

        static Story beginning() {
            return new Story(null, Map.of(), 1, null, false);
        }

        Told on(Event event) {
            return switch (event) {
                case CODE, SAME_CODE_AGAIN -> code(FIRST_TAB);
                case SECOND_TAB -> code(SECOND_TAB);
                case CANCEL ->
                        end == null
                                ? ends(
                                        End.CANCELLED,
                                        Verdict.CANCELLED,
                                        "TwoFaCancelled",
                                        Cancelled.class)
                                : loses();
                case DEADLINE_PASSES ->
                        end == null && !moved
                                ? ends(End.EXPIRED, null, "TwoFaExpired", Expired.class)
                                : nothing();
                case MOVED_DEADLINE_PASSES ->
                        end == null
                                ? ends(End.EXPIRED, null, "TwoFaExpired", Expired.class)
                                : nothing();
                case RUN_IS_CANCELLED, RUN_FINISHES ->
                        end == null
                                ? new Told(at(End.CLOSED), null, List.of("TwoFaClosed"), List.of())
                                : nothing();
                case SEND_AGAIN -> wishes(event, ResendAsked.class);
                case OTHER_METHOD -> wishes(event, MethodChosen.class);
                case MORE_TIME ->
                        end == null
                                ? new Told(
                                        new Story(null, verdicts, round, wish, true),
                                        Verdict.DELIVERED,
                                        List.of("TwoFaExtended"),
                                        List.of(Extended.class))
                                : loses();
                case NEXT_ROUND_BEGINS -> nextRound();
            };
        }

        /** The same submission has the same verdict for ever; the first right one wins. */
        private Told code(UUID submission) {
            @Nullable Verdict before = verdicts.get(submission);
            if (before != null) {
                return new Told(this, before, List.of(), List.of());
            }
            if (end == null && round == 1) {
                return new Told(
                        at(End.ANSWERED).with(submission, Verdict.DELIVERED),
                        Verdict.DELIVERED,
                        List.of("TwoFaAnswered"),
                        List.of(CodeGiven.class));
            }
            Verdict lost = end == null ? Verdict.SUPERSEDED : lost();
            return new Told(
                    with(submission, lost), lost, List.of("TwoFaCodeTurnedAway"), List.of());
        }

        /** The person saw the first round, and the first wish of a round counts. */
        private Told wishes(Event what, Class<?> reply) {
            if (end != null) {
                return loses();
            }
            if (round > 1 || wish != null) {
                return new Told(this, Verdict.SUPERSEDED, List.of(), List.of());
            }
            return new Told(
                    new Story(null, verdicts, round, what, moved),
                    Verdict.DELIVERED,
                    List.of(),
                    List.of(reply));
        }

        /** The worker made the site do something: what stood for the old round is done. */
        private Told nextRound() {
            Story next = end == null ? new Story(null, verdicts, 2, null, moved) : this;
            return new Told(next, null, List.of(), next.stillWanted());
        }

        /** What a worker is told that asks: the end, else what stands. */
        List<Class<?>> stillWanted() {
            return switch (end) {
                case ANSWERED -> List.of(CodeGiven.class);
                case EXPIRED -> List.of(Expired.class);
                case CANCELLED, CLOSED -> List.of(Cancelled.class);
                case null -> {
                    List<Class<?>> wanted = new ArrayList<>();
                    if (wish != null) {
                        wanted.add(
                                wish == Event.SEND_AGAIN ? ResendAsked.class : MethodChosen.class);
                    }
                    if (moved) {
                        wanted.add(Extended.class);
                    }
                    yield wanted;
                }
            };
        }

        private Told ends(End how, @Nullable Verdict verdict, String fact, Class<?> reply) {
            return new Told(at(how), verdict, List.of(fact), List.of(reply));
        }

        private Told loses() {
            return new Told(this, lost(), List.of(), List.of());
        }

        private Told nothing() {
            return new Told(this, null, List.of(), List.of());
        }

        private Verdict lost() {
            return switch (end) {
                case ANSWERED -> Verdict.ALREADY_ANSWERED;
                case EXPIRED -> Verdict.TOO_LATE;
                case CANCELLED, CLOSED -> Verdict.CANCELLED;
                case null -> throw new AssertionError("nothing has won yet");
            };
        }

        private Story at(End how) {
            return new Story(how, verdicts, round, wish, moved);
        }

        private Story with(UUID submission, Verdict verdict) {
            Map<UUID, Verdict> more = new HashMap<>(verdicts);
            more.put(submission, verdict);
            return new Story(end, Map.copyOf(more), round, wish, moved);
        }
    }

    private static ChallengeCommand command(Event event) {
        return Objects.requireNonNull(COMMANDS.get(event));
    }

    private static Map<Event, ChallengeCommand> commands() {
        Map<Event, ChallengeCommand> commands = new EnumMap<>(Event.class);
        commands.put(Event.CODE, submit(FIRST_TAB));
        commands.put(Event.SAME_CODE_AGAIN, submit(FIRST_TAB));
        commands.put(Event.SECOND_TAB, submit(SECOND_TAB));
        commands.put(Event.CANCEL, new CancelChallenge(id(31), OWNER, ACCOUNT, NOW, CHALLENGE));
        commands.put(Event.DEADLINE_PASSES, expire(id(32), DEADLINE));
        commands.put(Event.MOVED_DEADLINE_PASSES, expire(id(33), LIMIT));
        commands.put(Event.SEND_AGAIN, new ResendCode(id(34), OWNER, ACCOUNT, NOW, CHALLENGE, 1));
        commands.put(
                Event.OTHER_METHOD,
                new ChooseMethod(id(35), OWNER, ACCOUNT, NOW, CHALLENGE, 1, EMAIL));
        commands.put(
                Event.MORE_TIME,
                new ExtendChallenge(id(36), OWNER, ACCOUNT, NOW, CHALLENGE, LIMIT));
        commands.put(Event.NEXT_ROUND_BEGINS, Sample.open(2, 2));
        commands.put(Event.RUN_IS_CANCELLED, close(id(37), 3));
        commands.put(Event.RUN_FINISHES, close(id(38), 2));
        return commands;
    }

    private static SubmitCode submit(UUID submission) {
        return new SubmitCode(
                UUID.randomUUID(),
                OWNER,
                ACCOUNT,
                NOW,
                CHALLENGE,
                submission,
                1,
                SEALED_IN_ROUND_1);
    }

    private static ExpireChallenge expire(UUID id, Instant deadline) {
        return new ExpireChallenge(id, OWNER, ACCOUNT, NOW, CHALLENGE, deadline);
    }

    private static CloseChallenge close(UUID id, long epoch) {
        return new CloseChallenge(
                id, OWNER, ACCOUNT, NOW, RUN, epoch, CHALLENGE, ChallengeOutcome.RUN_ENDED);
    }
}
