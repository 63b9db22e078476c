package dev.keyturn.worker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keyturn.events.RunAdopted;
import dev.keyturn.events.RunFinished;
import dev.keyturn.events.TwoFaRequested;
import dev.keyturn.wire.Message;
import dev.keyturn.worker.testing.CutDatabase;
import dev.keyturn.worker.testing.Person;
import dev.keyturn.worker.testing.Site;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections to the database end between any two statements of any transaction. */
@QuarkusTest
class CutTest extends WorkerIntegration {

    private static final int AT_A_TIME = 12;
    private static final int ROUNDS = 4;

    /** What all runs must have written between them. */
    private static final List<String> TRANSACTIONS =
            List.of(
                    "insert into inbox",
                    "epoch = epoch + 1",
                    "insert into checkpoint",
                    "state = 'ANSWERED'",
                    "state = 'REVEALED'",
                    "insert into journal",
                    "state = 'ENDED'",
                    "state = 'ADOPTABLE'",
                    "from outbox where order_key",
                    "delete from outbox");

    private record Guest(Person person, UUID run) {}

    @AfterEach
    void cutNoMore() {
        CutDatabase.cut(false);
    }

    @Test
    void runsTellEverythingOnceWhereverTheirTransactionsAreCut() {
        CutDatabase.cut(true);
        int codes = 0;
        int before;
        int round = 0;
        do {
            before = CutDatabase.CUT.size();
            signInTogether();
            codes += AT_A_TIME;
            round++;
        } while (CutDatabase.CUT.size() > before && round < ROUNDS);
        CutDatabase.cut(false);

        assertThat(site.codes()).hasSize(codes).containsOnly(Site.CODE);
        for (String statement : TRANSACTIONS) {
            assertThat(CutDatabase.CUT)
                    .as(statement)
                    .anyMatch(place -> place.getLast().contains(statement));
        }
        awaitIdle();
        System.out.printf("cut at %d places, %d runs%n", CutDatabase.CUT.size(), codes);
    }

    private void signInTogether() {
        List<Guest> guests = new ArrayList<>();
        IntStream.range(0, AT_A_TIME)
                .forEach(
                        _ -> {
                            Person person = person();
                            person.saves("code");
                            guests.add(new Guest(person, person.runs()));
                        });
        for (Guest guest : guests) {
            others.fact(guest.person().account, TwoFaRequested.class);
            givenTo(guest.run(), otherInstance("gone", "now() - interval '1 second'"));
        }
        for (Guest guest : guests) {
            others.fact(guest.person().account, RunAdopted.class);
            others.asked(guest.person().account, 1);
            guest.person().types(0, Site.CODE);
        }
        guests.forEach(this::isIn);
    }

    private void isIn(Guest guest) {
        UUID account = guest.person().account;
        others.fact(account, RunFinished.class);
        Set<UUID> seen = new HashSet<>();
        assertThat(
                        others.facts(account).stream()
                                .filter(fact -> seen.add(fact.messageId()))
                                .map(Message::typeName))
                .containsExactly(
                        "CredentialsSaved",
                        "LoginStarted",
                        "AutoSuccessDisabled",
                        "TwoFaRequested",
                        "RunAdopted",
                        "LoginSucceeded",
                        "RunFinished");
        assertThat(
                        value(
                                "select count(*) from checkpoint where run_id = $1 and state ="
                                        + " 'PASSED' and private_key is null and answer is null",
                                guest.run()))
                .isEqualTo("1");
        await().atMost(PATIENCE)
                .until(
                        () ->
                                value("select count(*) from outbox where order_key = $1", account)
                                        .equals("0"));
    }
}
