package dev.keyturn.service.reading;

import dev.keyturn.commands.ChallengeCommand;
import dev.keyturn.commands.RunCommand;
import dev.keyturn.events.ConnectorEvent;
import dev.keyturn.wire.Message;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whose messages they are. */
public final class Accounts {

    private Accounts() {}

    /** The accounts that a batch is about, to be locked before anything else. */
    public static Set<UUID> of(Collection<Received> batch) {
        return batch.stream()
                .flatMap(received -> accountOf(received.message()))
                .collect(Collectors.toSet());
    }

    private static Stream<UUID> accountOf(Message message) {
        return switch (message) {
            case ConnectorEvent fact -> Stream.of(fact.accountId());
            case RunCommand command -> Stream.of(command.accountId());
            case ChallengeCommand command -> Stream.of(command.accountId());
            default -> Stream.empty();
        };
    }
}
