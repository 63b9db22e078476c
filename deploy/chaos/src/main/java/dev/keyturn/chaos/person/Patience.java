package dev.keyturn.chaos.person;

import dev.keyturn.local.api.ApiFailure;
import dev.keyturn.local.api.Unreachable;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;

/** How somebody tries again, as the page does, until Keyturn answers: less and less often. */
final class Patience {

    /** After so long she looks less often, as somebody does who puts the phone aside. */
    private static final Duration IS_PATIENT_FROM = Duration.ofSeconds(10);

    private static final Duration TRIES_AGAIN_AFTER = Duration.ofMillis(500);

    /** A page does not ask more often than this when it got no answer for a while. */
    private static final Duration SELDOM = Duration.ofSeconds(5);

    private final Ledger ledger;

    Patience(Ledger ledger) {
        this.ledger = ledger;
    }

    /** What is usual at first, so that a short pause is measured well; then less and less often. */
    static Duration pause(Duration usual, Instant since) {
        Duration waited = Duration.between(since, Instant.now());
        return waited.compareTo(IS_PATIENT_FROM) < 0
                ? usual
                : shorter(waited.dividedBy(10), SELDOM);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /**
     * The answer to a question that is asked until there is one.
     *
     * @throws ApiFailure if Home refuses it for good
     */
    <T> T untilAnswered(Callable<T> question) throws InterruptedException {
        Instant since = Instant.now();
        while (true) {
            try {
                return question.call();
            } catch (Unreachable _) {
                // Home is away, or says that its broker is.
            } catch (ApiFailure e) {
                boolean isHomesFault = e.status() >= 500;
                ledger.complains("%d %s".formatted(e.status(), e.getMessage()));
                if (!isHomesFault) {
                    throw e;
                }
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            Thread.sleep(pause(TRIES_AGAIN_AFTER, since));
        }
    }
}
