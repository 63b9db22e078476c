package dev.keyturn.twofa.db;

import dev.keyturn.twofa.challenge.Decision;
import dev.keyturn.wire.Codec;
import dev.keyturn.wire.Principal;
import dev.keyturn.wire.Topics;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** The records of a decision, in the order in which they are sent: the facts, then the replies. */
public final class Outgoing {

    private Outgoing() {}

    /** Records of a decision. */
    public static List<ProducerRecord<String, byte[]>> records(
            Decision decision, @Nullable String traceparent) {
        return Stream.concat(
                        decision.facts().stream()
                                .map(
                                        fact ->
                                                Codec.encode(
                                                        Topics.EVENTS,
                                                        fact,
                                                        Principal.TWOFA,
                                                        traceparent)),
                        decision.replies().stream()
                                .map(
                                        answer ->
                                                Codec.encodeReply(
                                                        answer.reply(),
                                                        Principal.TWOFA,
                                                        traceparent,
                                                        answer.to())))
                .toList();
    }
}
