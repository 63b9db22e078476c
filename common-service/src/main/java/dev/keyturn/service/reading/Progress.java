package dev.keyturn.service.reading;

import java.util.List;
import java.util.Map;

/**
 * How far the partitions of a topic were read when a batch of them is applied.
 *
 * @param next the next offset of each partition that has one
 */
public record Progress(Map<Integer, Long> next) {

    private static final long NONE = -1;

    public Progress {
        next = Map.copyOf(next);
    }

    /**
     * That a partition's position goes on.
     *
     * @param from where it must still be; -1 if there was none
     */
    public record Move(int partition, long from, long to) {}

    /** Those that were not applied before. */
    public List<Received> fresh(List<Received> batch) {
        return batch.stream()
                .filter(m -> m.offset() >= next.getOrDefault(m.partition(), 0L))
                .toList();
    }

    /**
     * What moves in the transaction that applies a batch. Never back: what was read again from the
     * start moves nothing.
     *
     * @param ends the position after the batch, by partition
     */
    public List<Move> moves(Map<Integer, Long> ends) {
        return ends.entrySet().stream()
                .map(e -> new Move(e.getKey(), next.getOrDefault(e.getKey(), NONE), e.getValue()))
                .filter(move -> move.from() < move.to())
                .toList();
    }
}
