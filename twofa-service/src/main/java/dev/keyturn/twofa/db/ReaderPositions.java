package dev.keyturn.twofa.db;

import dev.keyturn.service.reading.Positions;
import dev.keyturn.service.reading.Progress;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/** The positions of {@link Positions}, in a session's transaction. */
final class ReaderPositions {

    private ReaderPositions() {}

    static Uni<Map<Integer, Long>> load(
            Mutiny.Session session, String topic, Set<Integer> partitions) {
        return session.createNativeQuery(
                        "select partition, next_offset from reader_position where topic = :topic"
                                + " and partition in (:partitions)",
                        Object[].class)
                .setParameter("topic", topic)
                .setParameter("partitions", partitions)
                .getResultList()
                .map(
                        rows ->
                                rows.stream()
                                        .collect(
                                                Collectors.toMap(
                                                        r -> ((Number) r[0]).intValue(),
                                                        r -> ((Number) r[1]).longValue())));
    }

    /** Moves each, if it stands where it was; fails with {@link Positions.Moved}. */
    static Uni<Void> move(Mutiny.Session session, String topic, List<Progress.Move> moves) {
        return Multi.createFrom()
                .iterable(moves)
                .onItem()
                .transformToUniAndConcatenate(
                        m -> move(session, topic, m.partition(), m.from(), m.to()))
                .collect()
                .asList()
                .replaceWithVoid();
    }

    private static Uni<Integer> move(
            Mutiny.Session session, String topic, int partition, long from, long to) {
        return session.createNativeQuery(from < 0 ? INSERT : UPDATE)
                .setParameter("topic", topic)
                .setParameter("partition", partition)
                .setParameter("to", to)
                .setParameter("from", from)
                .executeUpdate()
                .onItem()
                .invoke(
                        moved -> {
                            if (moved == 0) {
                                throw new Positions.Moved(topic, partition);
                            }
                        });
    }

    private static final String INSERT =
            """
            insert into reader_position (topic, partition, next_offset)
            select :topic, :partition, :to where :from < 0 on conflict do nothing\
            """;

    private static final String UPDATE =
            """
            update reader_position set next_offset = :to
            where topic = :topic and partition = :partition and next_offset = :from\
            """;
}
