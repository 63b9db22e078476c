package dev.keyturn.sandbox.phone;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.UnaryOperator;

/** Everybody's messages, the newest of each user kept. Safe for use by many threads. */
public final class Phone {
    private static final int MESSAGES_PER_USER = 20;
    private static final int USERS = 20_000;

    /** Users in the order of their latest message, each with the oldest message first. */
    private final LinkedHashMap<String, List<Message>> byUser = new LinkedHashMap<>();

    public synchronized void receive(Message message) {
        var messages = byUser.remove(message.user());
        if (messages == null) {
            messages = new ArrayList<>();
        }
        messages.add(message);
        if (messages.size() > MESSAGES_PER_USER) {
            messages.removeFirst();
        }
        byUser.put(message.user(), messages);
        if (byUser.size() > USERS) {
            byUser.remove(byUser.keySet().iterator().next());
        }
    }

    public synchronized void use(Message message) {
        replace(message, Message::toUsed);
    }

    /** Makes a code worthless that was not used. */
    public synchronized void withdraw(Message message, Instant now) {
        replace(message, known -> known.toWithdrawn(now));
    }

    /** A user's messages, newest first. */
    public synchronized List<Message> of(String user) {
        return List.copyOf(byUser.getOrDefault(user, List.of()).reversed());
    }

    /** The newest messages of all users, newest first. */
    public synchronized List<Message> newest(int limit) {
        return byUser.sequencedValues().reversed().stream()
                .limit(limit)
                .flatMap(List::stream)
                .sorted(Comparator.comparing(Message::at).reversed())
                .limit(limit)
                .toList();
    }

    /** Who got a message, the latest first. */
    public synchronized List<String> users(int limit) {
        return byUser.sequencedKeySet().reversed().stream().limit(limit).toList();
    }

    public synchronized void clear() {
        byUser.clear();
    }

    private void replace(Message message, UnaryOperator<Message> change) {
        byUser.getOrDefault(message.user(), List.of())
                .replaceAll(known -> known.id().equals(message.id()) ? change.apply(known) : known);
    }
}
