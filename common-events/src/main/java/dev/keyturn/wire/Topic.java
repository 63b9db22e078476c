package dev.keyturn.wire;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * One topic of the catalogue.
 *
 * @param name {@code <domain>.<plural>.v<n>}
 * @param key what the record's key is, in words
 * @param partitions how many, for ever: order and stored positions depend on it
 * @param retention how long records stay
 * @param segment how long a segment stays open; Kafka deletes whole segments
 * @param compacted whether the last record of a key stays for ever instead
 * @param families the sealed types whose records it holds
 * @param writers who writes
 * @param readers who reads
 */
public record Topic(
        String name,
        String key,
        int partitions,
        Duration retention,
        Duration segment,
        boolean compacted,
        Set<Class<? extends Message>> families,
        Set<Principal> writers,
        Set<Principal> readers) {

    /** Where what could not be decoded goes; written by who reads this topic. */
    public String deadLetters() {
        return name + ".dlq";
    }

    /** The topic's settings at the broker. */
    public Map<String, String> config() {
        Map<String, String> config = new LinkedHashMap<>();
        config.put("cleanup.policy", compacted ? "compact" : "delete");
        config.put("segment.ms", String.valueOf(segment.toMillis()));
        if (!compacted) {
            config.put("retention.ms", String.valueOf(retention.toMillis()));
        }
        return config;
    }
}
