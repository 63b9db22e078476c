package dev.keyturn.worker.account;

import dev.keyturn.commands.SaveCredentials;
import dev.keyturn.events.CredentialsRefused;
import dev.keyturn.events.CredentialsSaved;
import dev.keyturn.sdk.ConnectorInfo;
import dev.keyturn.seal.Binding;
import dev.keyturn.seal.SealException;
import dev.keyturn.seal.SealedKind;
import dev.keyturn.service.db.Tx;
import dev.keyturn.values.CredentialsRefusal;
import dev.keyturn.wire.Codec;
import dev.keyturn.worker.connectors.Connectors;
import dev.keyturn.worker.keys.Keys;
import dev.keyturn.worker.run.FactIds;
import dev.keyturn.worker.store.AccountTable;
import dev.keyturn.worker.store.Messages;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Credentials on their way in: opened once, kept under the fleet's secret key, or refused. */
@ApplicationScoped
public class Credentials {

    private static final Logger LOG = Logger.getLogger(Credentials.class);

    private final AccountTable accounts;
    private final Connectors connectors;
    private final Keys keys;
    private final Messages messages;
    private final MeterRegistry metrics;
    private final Clock clock;

    Credentials(
            AccountTable accounts,
            Connectors connectors,
            Keys keys,
            Messages messages,
            MeterRegistry metrics,
            Clock clock) {
        this.accounts = accounts;
        this.connectors = connectors;
        this.keys = keys;
        this.messages = messages;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Takes a version that is newer than the last one; the same once more is answered again. */
    public void onSave(
            Tx tx, SaveCredentials command, AccountTable.Account account, @Nullable String trace) {
        String sha256 = sha256(command.sealed());
        if (command.version() > account.version()) {
            take(tx, command, account, sha256, trace);
        } else if (command.version() == account.version() && sha256.equals(account.sha256())) {
            messages.fact(tx, saved(command, sha256), trace);
        }
    }

    private void take(
            Tx tx,
            SaveCredentials command,
            AccountTable.Account account,
            String sha256,
            @Nullable String trace) {
        if (account.connector() != null && !account.connector().equals(command.connector())) {
            refuse(tx, command, CredentialsRefusal.OTHER_CONNECTOR, null, trace);
            return;
        }
        Map<String, String> fields;
        try {
            fields =
                    keys.fleet()
                            .openCredentials(
                                    command.sealed(), command.accountId(), command.connector());
        } catch (SealException _) {
            CredentialsRefusal why =
                    SealedFor.refusal(command.sealed(), command.accountId(), command.connector());
            refuse(tx, command, why, null, trace);
            return;
        }
        // A worker without the connector cannot judge the fields, and must not refuse them.
        Optional<FieldCheck.Problem> problem =
                connectors
                        .find(command.connector())
                        .flatMap(c -> FieldCheck.problem(c.info(), fields));
        if (problem.isPresent()) {
            refuse(tx, command, problem.get().why(), problem.get().field(), trace);
        } else {
            keep(tx, command, fields, sha256, trace);
        }
    }

    private void keep(
            Tx tx,
            SaveCredentials command,
            Map<String, String> fields,
            String sha256,
            @Nullable String trace) {
        String kept =
                keys.fleet()
                        .seal(
                                SealedKind.KEPT,
                                Binding.credentials(command.accountId(), command.connector()),
                                Codec.json(fields));
        accounts.keep(
                tx, command.accountId(), command.connector(), command.version(), kept, sha256);
        messages.fact(tx, saved(command, sha256), trace);
    }

    private void refuse(
            Tx tx,
            SaveCredentials command,
            CredentialsRefusal why,
            @Nullable String field,
            @Nullable String trace) {
        accounts.refuse(tx, command.accountId(), command.version());
        messages.fact(
                tx,
                new CredentialsRefused(
                        FactIds.of(command.commandId(), "CredentialsRefused", command.version()),
                        command.ownerId(),
                        command.accountId(),
                        clock.instant(),
                        command.version(),
                        why,
                        field),
                trace);
        metrics.counter("keyturn.worker.credentials.refused", "why", why.text()).increment();
        LOG.warnf(
                "Credentials were refused and are not used: accountId=%s connector=%s version=%d"
                        + " why=%s field=%s",
                command.accountId(), safe(command.connector()), command.version(), why, field);
    }

    private String safe(String connector) {
        return connectors.find(connector).map(c -> c.info()).map(ConnectorInfo::slug).orElse("?");
    }

    private CredentialsSaved saved(SaveCredentials command, String sha256) {
        return new CredentialsSaved(
                savedId(command),
                command.ownerId(),
                command.accountId(),
                clock.instant(),
                command.version(),
                sha256);
    }

    private static UUID savedId(SaveCredentials command) {
        return FactIds.of(command.commandId(), "CredentialsSaved", command.version());
    }

    static String sha256(String sealed) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(sealed.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
