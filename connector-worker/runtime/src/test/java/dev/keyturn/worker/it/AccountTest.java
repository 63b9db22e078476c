package dev.keyturn.worker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keyturn.commands.SaveCredentials;
import dev.keyturn.events.AccountErased;
import dev.keyturn.events.ConnectorEvent;
import dev.keyturn.events.CredentialsRefused;
import dev.keyturn.events.CredentialsSaved;
import dev.keyturn.events.DocumentSaved;
import dev.keyturn.events.RunFailed;
import dev.keyturn.events.RunFinished;
import dev.keyturn.events.SessionForgotten;
import dev.keyturn.events.TwoFaRequested;
import dev.keyturn.seal.FleetKeys;
import dev.keyturn.seal.FleetPublicKeys;
import dev.keyturn.values.CredentialsRefusal;
import dev.keyturn.values.Reason;
import dev.keyturn.values.Trigger;
import dev.keyturn.worker.documents.StoredDocument;
import dev.keyturn.worker.testing.Person;
import dev.keyturn.worker.testing.Site;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AccountTest extends WorkerIntegration {

    @Test
    void whatWasSavedIsToldByTheHashOfTheSealedText() {
        Person ada = person();
        SaveCredentials command = ada.saves("plain");
        CredentialsSaved saved = others.fact(ada.account, CredentialsSaved.class);
        assertThat(saved.version()).isEqualTo(1);
        assertThat(saved.sha256())
                .isEqualTo(
                        StoredDocument.sha256(command.sealed().getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void credentialsForAnotherConnectorAreRefusedCountedAndNotUsed() {
        double before = count("keyturn.worker.credentials.refused", "why", "OTHER_CONNECTOR");
        Person ada = person();
        ada.saves("scripted", publicKeys().sealCredentials(fields(), ada.account, "bank"));
        refused(ada, CredentialsRefusal.OTHER_CONNECTOR, null);
        assertThat(count("keyturn.worker.credentials.refused", "why", "OTHER_CONNECTOR"))
                .isEqualTo(before + 1);
        UUID run = ada.runs();
        assertThat(others.fact(ada.account, RunFailed.class).reason())
                .isEqualTo(Reason.LOGIN_FAILED);
        assertThat(others.names(run)).containsExactly("LoginFailed", "RunFailed");
        ada.saves("plain");
        UUID _ = ada.runs();
        others.fact(ada.account, RunFinished.class);
    }

    @Test
    void credentialsForAnotherAccountAreRefused() {
        Person ada = person();
        ada.saves(
                "scripted", publicKeys().sealCredentials(fields(), UUID.randomUUID(), "scripted"));
        refused(ada, CredentialsRefusal.OTHER_ACCOUNT, null);
    }

    @Test
    void credentialsOfAnotherFleetAreRefused() {
        Person ada = person();
        FleetPublicKeys foreign = FleetKeys.generate().publicKeys();
        ada.saves("scripted", foreign.sealCredentials(fields(), ada.account, "scripted"));
        refused(ada, CredentialsRefusal.UNREADABLE, null);
    }

    @Test
    void anAccountKeepsItsConnector() {
        Person ada = person();
        ada.saves("plain");
        others.fact(ada.account, CredentialsSaved.class);
        ada.saves("bank", publicKeys().sealCredentials(fields(), ada.account, "bank"));
        refused(ada, CredentialsRefusal.OTHER_CONNECTOR, null);
        UUID _ = ada.runs();
        others.fact(ada.account, RunFinished.class);
    }

    @Test
    void aFieldThatIsMissingIsNamed() {
        Person ada = person();
        ada.saves(Map.of("password", ""));
        refused(ada, CredentialsRefusal.MISSING_FIELD, "password");
    }

    @Test
    void aFieldThatNobodyKnowsIsRefused() {
        Person ada = person();
        ada.saves(Map.of("surprise", "x"));
        refused(ada, CredentialsRefusal.UNKNOWN_FIELD, null);
    }

    private void refused(Person person, CredentialsRefusal why, @Nullable String field) {
        assertThat(others.fact(person.account, CredentialsRefused.class))
                .returns(why, CredentialsRefused::why)
                .returns(field, CredentialsRefused::field);
    }

    @Test
    void aSecondRunSignsInWithTheKeptSessionAndAsksNothing() {
        Person ada = person();
        ada.saves("kept");
        UUID _ = ada.runs();
        ada.types(0, Site.CODE);
        others.fact(ada.account, RunFinished.class);
        UUID second = ada.runs();
        others.fact(ada.account, RunFinished.class, 1);
        assertThat(others.names(second))
                .containsExactly(
                        "LoginStarted", "AutoSuccessDisabled", "LoginSucceeded", "RunFinished");
        assertThat(site.codes()).hasSize(1);
    }

    @Test
    void aSessionIsKeptDirectlyAfterASecondFactorAlsoIfTheRunThenFails() {
        Person ada = person();
        ada.saves("code-then-fail");
        UUID _ = ada.runs();
        ada.types(0, Site.CODE);
        assertThat(others.fact(ada.account, RunFailed.class).reason())
                .isEqualTo(Reason.VENDOR_DOWN);
        assertThat(value("select session from account where account_id = $1", ada.account))
                .startsWith("ey");
    }

    @Test
    void aFreshRunLeavesTheKeptSessionAside() {
        Person ada = person();
        ada.saves("kept");
        UUID _ = ada.runs();
        ada.types(0, Site.CODE);
        others.fact(ada.account, RunFinished.class);
        ada.runs(Trigger.MANUAL, "scripted", Duration.ofMinutes(5), Duration.ofMinutes(5), true);
        ada.types(1, Site.CODE);
        others.fact(ada.account, RunFinished.class, 1);
    }

    @Test
    void newerCredentialsEndTheKeptSession() {
        Person ada = person();
        ada.saves("kept");
        UUID _ = ada.runs();
        ada.types(0, Site.CODE);
        others.fact(ada.account, RunFinished.class);
        ada.saves("kept");
        UUID _ = ada.runs();
        ada.types(1, Site.CODE);
        others.fact(ada.account, RunFinished.class, 1);
    }

    @Test
    void aForgottenSessionIsNotBroughtBackByTheRunThatUsesIt() {
        Person ada = person();
        ada.saves("kept");
        UUID _ = ada.runs();
        others.fact(ada.account, TwoFaRequested.class);
        UUID command = ada.forgets().commandId();
        assertThat(others.fact(ada.account, SessionForgotten.class).commandId()).isEqualTo(command);
        ada.types(0, Site.CODE);
        others.fact(ada.account, RunFinished.class);
        assertThat(value("select session from account where account_id = $1", ada.account))
                .isEqualTo("null");
    }

    @Test
    void anErasedAccountEndsItsRunLeavesNothingAndTakesNothingMore() {
        Person ada = person();
        ada.saves("plain");
        UUID _ = ada.runs();
        others.fact(ada.account, RunFinished.class);
        DocumentSaved saved = others.fact(ada.account, DocumentSaved.class);
        ada.saves("code");
        UUID run = ada.runs();
        others.fact(ada.account, TwoFaRequested.class);
        ada.erases(true);
        AccountErased erased = others.fact(ada.account, AccountErased.class);
        assertThat(erased.documents()).isTrue();
        var facts = others.facts(ada.account);
        assertThat(facts.get(facts.size() - 2))
                .isInstanceOfSatisfying(
                        RunFailed.class,
                        failed -> {
                            assertThat(failed.runId()).isEqualTo(run);
                            assertThat(failed.reason()).isEqualTo(Reason.CANCELLED);
                        });
        await().atMost(PATIENCE).until(() -> others.closings(ada.account).count() == 1);
        assertThat(Files.exists(documents().resolve(saved.storeKey()))).isFalse();
        assertThat(count("select count(*) from run where account_id = $1", ada)).isEqualTo("0");
        assertThat(count("select count(*) from document where account_id = $1", ada))
                .isEqualTo("0");
        assertThat(
                        value(
                                "select concat(credentials, session, connector) from account"
                                        + " where account_id = $1",
                                ada.account))
                .isEmpty();

        ada.saves("plain");
        UUID later = ada.runs();
        ada.erases(true);
        others.fact(ada.account, AccountErased.class, 1);
        assertThat(others.names(later)).isEmpty();
        assertThat(others.of(ada.account, CredentialsSaved.class)).hasSize(2);
    }

    @Test
    void anAccountErasedWithoutItsDocumentsLeavesThemUntilTheyAreToGoToo() {
        Person ada = person();
        ada.saves("plain");
        UUID _ = ada.runs();
        DocumentSaved saved = others.fact(ada.account, DocumentSaved.class);
        others.fact(ada.account, RunFinished.class);
        ada.erases(false);
        assertThat(others.fact(ada.account, AccountErased.class).documents()).isFalse();
        assertThat(Files.exists(documents().resolve(saved.storeKey()))).isTrue();
        ada.erases(true);
        assertThat(others.fact(ada.account, AccountErased.class, 1).documents()).isTrue();
        assertThat(Files.exists(documents().resolve(saved.storeKey()))).isFalse();
    }

    @Test
    void anErasureWaitsForTheHolderOfARunThatDoesNotAnswer() {
        Person ada = person();
        ada.saves("slow");
        UUID _ = ada.runs();
        await().atMost(PATIENCE).until(() -> slots.working() == 1);
        ada.erases(false);
        others.fact(ada.account, AccountErased.class);
        assertThat(others.facts(ada.account).stream().map(ConnectorEvent::typeName))
                .containsSubsequence("RunFailed", "AccountErased");
        site.releaseSlow();
        awaitIdle();
    }

    private String count(String sql, Person person) {
        return value(sql, person.account);
    }

    private Map<String, String> fields() {
        return Map.of("site", site.address(), "script", "plain", "password", Person.PASSWORD);
    }
}
