package dev.keyturn.local.signin;

import dev.keyturn.local.api.Account;
import dev.keyturn.local.api.ApiFailure;
import dev.keyturn.local.api.Connector;
import dev.keyturn.local.api.HomeApi;
import dev.keyturn.local.api.Run;
import dev.keyturn.local.terminal.Terminal;
import dev.keyturn.local.terminal.WrongUse;
import dev.keyturn.seal.FleetPublicKeys;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** The account to sign in with: the one that is there, or a new one. */
final class Accounts {

    private static final int CONFLICT = 409;

    private final HomeApi home;
    private final Terminal terminal;
    private final Map<String, String> environment;

    Accounts(HomeApi home, Terminal terminal, Map<String, String> environment) {
        this.home = home;
        this.terminal = terminal;
        this.environment = environment;
    }

    Account account(Request request) {
        Connector connector = connector(request.connector());
        FieldValues values = new FieldValues(connector);
        Map<String, String> given = values.given(request.fields(), environment, terminal::input);
        String label = label(request, connector, values, given);
        Optional<Account> there = find(connector, label);
        if (there.isEmpty()) {
            return create(connector, label, values.complete(given, terminal));
        }
        if (request.update() || (!given.isEmpty() && loginFailed(there.get()))) {
            String sealed = seal(values.complete(given, terminal), there.get().id(), connector);
            home.replaceCredentials(there.get().id(), sealed);
        }
        return there.get();
    }

    private Connector connector(String slug) {
        List<Connector> all = home.connectors();
        return all.stream()
                .filter(c -> c.slug().equals(slug))
                .findFirst()
                .orElseThrow(
                        () ->
                                new WrongUse(
                                        "There is no connector %s; there are: %s"
                                                .formatted(
                                                        slug,
                                                        all.stream()
                                                                .map(Connector::slug)
                                                                .collect(
                                                                        Collectors.joining(
                                                                                ", ")))));
    }

    /** As Home keeps it: without blanks around. */
    private String label(
            Request request, Connector connector, FieldValues values, Map<String, String> given) {
        return wanted(request, connector, values, given).strip();
    }

    private String wanted(
            Request request, Connector connector, FieldValues values, Map<String, String> given) {
        if (request.label() != null) {
            return request.label();
        }
        Connector.Field naming =
                connector.naming().orElseThrow(() -> new WrongUse("--label is missing"));
        return given.computeIfAbsent(naming.name(), _ -> values.ask(naming, terminal));
    }

    /** One that is being erased keeps its label for a while, but takes no more runs. */
    private Optional<Account> find(Connector connector, String label) {
        return home.accounts().stream()
                .filter(Account::kept)
                .filter(a -> a.connector().equals(connector.slug()) && a.label().equals(label))
                .findFirst();
    }

    private Account create(Connector connector, String label, Map<String, String> values) {
        UUID id = UUID.randomUUID();
        try {
            home.createAccount(id, connector.slug(), label, seal(values, id, connector));
        } catch (ApiFailure e) {
            if (e.status() != CONFLICT) {
                throw e;
            }
            // Somebody else made it between our two questions.
            return find(connector, label).orElseThrow(() -> e);
        }
        return home.account(id);
    }

    private String seal(Map<String, String> values, UUID account, Connector connector) {
        return FleetPublicKeys.parse(home.keys())
                .sealCredentials(new LinkedHashMap<>(values), account, connector.slug());
    }

    private static boolean loginFailed(Account account) {
        Run last = account.run();
        boolean refused = "REFUSED".equals(account.credentials());
        return refused
                || (last != null
                        && last.reason() != null
                        && last.reason().startsWith("LOGIN_FAILED"));
    }
}
