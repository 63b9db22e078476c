package dev.keyturn.worker.execution;

import dev.keyturn.replies.Cancelled;
import dev.keyturn.replies.CodeGiven;
import dev.keyturn.replies.Expired;
import dev.keyturn.replies.Extended;
import dev.keyturn.replies.MethodChosen;
import dev.keyturn.replies.Reply;
import dev.keyturn.replies.ResendAsked;
import dev.keyturn.replies.VerdictGiven;
import dev.keyturn.replies.WorkerReply;
import dev.keyturn.service.reply.PendingReplies;
import dev.keyturn.service.reply.Waiter;
import dev.keyturn.worker.challenge.AskAgain;
import dev.keyturn.worker.challenge.Checkpoint;
import dev.keyturn.worker.challenge.Wish;
import dev.keyturn.worker.claim.Slots;
import dev.keyturn.worker.claim.Wakeups;
import dev.keyturn.worker.lease.Instance;
import dev.keyturn.worker.store.CheckpointTable;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The wait for a person: a parked virtual thread and nothing else. It ends with a reply or with the
 * run, never by itself.
 */
@ApplicationScoped
public class Waiting {

    /** How often a run that waits looks whether something had a gap. */
    private static final Duration LOOK = Duration.ofSeconds(5);

    private final PendingReplies replies;
    private final Slots slots;
    private final Wakeups wakeups;
    private final Instance instance;
    private final Writes writes;
    private final CheckpointTable checkpoints;
    private final AskingAgain asking;
    private final MeterRegistry metrics;
    private final Clock clock;

    Waiting(
            PendingReplies replies,
            Slots slots,
            Wakeups wakeups,
            Instance instance,
            Writes writes,
            CheckpointTable checkpoints,
            AskingAgain asking,
            MeterRegistry metrics,
            Clock clock) {
        this.replies = replies;
        this.slots = slots;
        this.wakeups = wakeups;
        this.instance = instance;
        this.writes = writes;
        this.checkpoints = checkpoints;
        this.asking = asking;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * What ended a wait.
     *
     * @param challenge as it stood then
     */
    record Heard(WorkerReply reply, Checkpoint challenge) {}

    /**
     * Gives the slot back, waits for an answer, an end or a {@link Wish}, and goes on at once when
     * it is there.
     *
     * @param offered which wishes can be fulfilled
     */
    Heard await(RunContext run, Checkpoint open, Waiter waiter, Predicate<Wish> offered) {
        slots.toWaiting();
        wakeups.ringAll();
        try {
            return answer(run, open, waiter, offered);
        } finally {
            slots.toWorking();
        }
    }

    private Heard answer(RunContext run, Checkpoint open, Waiter waiter, Predicate<Wish> offered) {
        Checkpoint challenge = open;
        AskAgain again = AskAgain.after(challenge.deadline());
        int gaps = gaps();
        while (true) {
            Checkpoint now = challenge;
            @Nullable Reply reply =
                    run.execution().next(waiter, again.pause(clock.instant(), LOOK));
            switch (reply) {
                case CodeGiven given -> {
                    return new Heard(given, now);
                }
                case Cancelled cancelled -> {
                    return new Heard(cancelled, now);
                }
                case Expired expired -> {
                    return new Heard(expired, now);
                }
                case WorkerReply wish when Wish.of(wish, now).filter(offered).isPresent() -> {
                    return new Heard(wish, now);
                }
                case Extended extended -> {
                    challenge = extend(run, now, extended.deadline());
                    again = AskAgain.after(challenge.deadline());
                }
                // Of a round that is over, or never offered.
                case ResendAsked asked -> ignored(asked);
                case MethodChosen chosen -> ignored(chosen);
                case VerdictGiven verdict -> ignored(verdict);
                case null -> {}
            }
            if (again.isDue(clock.instant()) || gaps != gaps()) {
                gaps = gaps();
                asking.askAgain(run, challenge);
                again = again.asked(clock.instant(), challenge.deadline());
            }
        }
    }

    /** Grows when the lease, or the reading of replies, had a gap. */
    private int gaps() {
        return instance.gaps() + replies.gaps();
    }

    private Checkpoint extend(RunContext run, Checkpoint challenge, Instant deadline) {
        writes.run(
                run.execution(), tx -> checkpoints.deadline(tx, challenge.challengeId(), deadline));
        return challenge.toExtended(deadline);
    }

    private void ignored(Reply reply) {
        metrics.counter("keyturn.worker.replies.ignored", "type", reply.typeName()).increment();
    }
}
