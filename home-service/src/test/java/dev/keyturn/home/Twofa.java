package dev.keyturn.home;

import dev.keyturn.commands.CancelChallenge;
import dev.keyturn.commands.ChooseMethod;
import dev.keyturn.commands.ExtendChallenge;
import dev.keyturn.commands.ResendCode;
import dev.keyturn.commands.SubmitCode;
import dev.keyturn.replies.VerdictGiven;
import dev.keyturn.values.Verdict;
import dev.keyturn.wire.ReplyAddress;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Answers as twofa-service does: every request about an account, the same one again with the same
 * verdict. On a thread of its own, until it is closed.
 */
final class Twofa implements AutoCloseable {

    private static final int LOOK_EVERY = 10;

    private final UUID account;
    private final Verdict verdict;
    private final Set<Broker.Sent> answered = new HashSet<>();
    private final Thread thread;
    private volatile boolean closed;

    private Twofa(UUID account, Verdict verdict) {
        this.account = account;
        this.verdict = verdict;
        answered.addAll(Broker.get().sent(account));
        this.thread = Thread.ofPlatform().name("twofa").start(this::run);
    }

    /** Answers what is asked from now on. */
    static Twofa says(Verdict verdict, UUID account) {
        return new Twofa(account, verdict);
    }

    /**
     * Sends it as a page does: again, while there is no verdict yet. Here all are on one machine,
     * and the answer comes late only where that is busy.
     */
    static Client.Answer judged(Client client, String path, Object body) {
        Client.Answer answer = client.post(path, body);
        for (int times = 0; answer.status() == 202 && times < 20; times++) {
            answer = client.post(path, body);
        }
        return answer;
    }

    private void run() {
        try {
            while (!closed) {
                Broker.get().sent(account).stream().filter(answered::add).forEach(this::answer);
                Thread.sleep(LOOK_EVERY);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(Broker.Sent sent) {
        @Nullable ReplyAddress address = sent.replyTo();
        if (address == null) {
            return;
        }
        switch (sent.message()) {
            case SubmitCode code -> answer(code.challengeId(), code.submissionId(), address);
            case CancelChallenge cancel ->
                    answer(cancel.challengeId(), cancel.commandId(), address);
            case ResendCode resend -> answer(resend.challengeId(), resend.commandId(), address);
            case ChooseMethod choose -> answer(choose.challengeId(), choose.commandId(), address);
            case ExtendChallenge extend ->
                    answer(extend.challengeId(), extend.commandId(), address);
            default -> {}
        }
    }

    private void answer(UUID challenge, UUID request, ReplyAddress address) {
        Broker.get()
                .reply(
                        new VerdictGiven(
                                UUID.randomUUID(), challenge, Instant.now(), request, verdict),
                        address);
    }

    /** Returns when its last answer has been sent. */
    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
