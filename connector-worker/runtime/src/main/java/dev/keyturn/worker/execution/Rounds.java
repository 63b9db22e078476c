package dev.keyturn.worker.execution;

import dev.keyturn.replies.WorkerReply;
import dev.keyturn.sdk.ConnectorFailure;
import dev.keyturn.sdk.NextRound;
import dev.keyturn.sdk.Page;
import dev.keyturn.sdk.Reason;
import dev.keyturn.sdk.TwoFaOptions;
import dev.keyturn.service.reply.PendingReplies;
import dev.keyturn.service.reply.Waiter;
import dev.keyturn.worker.challenge.Checkpoint;
import dev.keyturn.worker.challenge.Wish;
import dev.keyturn.worker.journal.Entry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * The rounds of one wait: while nobody has answered, the person's wishes are the connector's to
 * fulfil, each once, in a step of its own behind the wait in the journal.
 */
@ApplicationScoped
public class Rounds {

    /**
     * What ended the wait.
     *
     * @param options of the last round
     * @param challenge in the last round
     */
    record Heard(TwoFaOptions options, Checkpoint challenge, WorkerReply reply) {}

    /**
     * What an earlier epoch did.
     *
     * @param options of the last round
     * @param isAhead whether the site was made to do something of which twofa-service does not know
     */
    record Replayed(TwoFaOptions options, boolean isAhead) {}

    private final Waiting waiting;
    private final Steps steps;
    private final Challenges challenges;
    private final PendingReplies replies;

    Rounds(Waiting waiting, Steps steps, Challenges challenges, PendingReplies replies) {
        this.waiting = waiting;
        this.steps = steps;
        this.challenges = challenges;
        this.replies = replies;
    }

    /**
     * Waits through as many rounds as the person wants.
     *
     * @param ask sends what opens the challenge, or asks for it again
     */
    Heard hear(RunContext run, TwoFaOptions first, Checkpoint open, Runnable ask) {
        TwoFaOptions options = first;
        Waiting.Heard heard = hearRound(run, options, open, ask);
        Optional<Wish> wish = Wish.of(heard.reply(), heard.challenge());
        while (wish.isPresent()) {
            NextRound offer = wish.get().offeredBy(options).orElseThrow();
            options = fulfil(run, wish.get(), offer);
            Checkpoint next = Challenges.inNextRound(run, heard.challenge(), options);
            heard = hearRound(run, options, next, () -> challenges.nextRound(run, next));
            wish = Wish.of(heard.reply(), heard.challenge());
        }
        return new Heard(options, heard.challenge(), heard.reply());
    }

    /**
     * Waits for the end of one round. Registered before anything is sent, since a fast reply must
     * find its waiter; and no longer, since what the site is asked for may take its time: what is
     * said meanwhile is said again to who opens the next round.
     */
    private Waiting.Heard hearRound(
            RunContext run, TwoFaOptions options, Checkpoint open, Runnable ask) {
        try (Waiter waiter = replies.register(open.challengeId().toString())) {
            ask.run();
            return waiting.await(run, open, waiter, wish -> wish.offeredBy(options).isPresent());
        }
    }

    /** Goes through the rounds of earlier epochs again, of which nothing is repeated. */
    Replayed replay(RunContext run, TwoFaOptions first, Checkpoint last) {
        TwoFaOptions options = first;
        boolean isAhead = false;
        Optional<Wish> wish = next(run);
        while (wish.isPresent()) {
            NextRound offer = wish.get().offeredBy(options).orElseThrow(Rounds::otherWay);
            options = fulfil(run, wish.get(), offer);
            isAhead = wish.get().isOf(last);
            wish = next(run);
        }
        return new Replayed(options, isAhead);
    }

    private static Optional<Wish> next(RunContext run) {
        return run.journal().peek().map(Entry::name).flatMap(Wish::ofStep);
    }

    private TwoFaOptions fulfil(RunContext run, Wish wish, NextRound offer) {
        Page page = steps.run(run, wish.step(), true, Page.class, offer.request());
        return offer.question().apply(page);
    }

    private static ConnectorFailure otherWay() {
        return ConnectorFailure.of(
                Reason.UNKNOWN_ERROR,
                "The run offers other methods than before; both ways must be the same.");
    }
}
