package dev.keyturn.home.status;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is told of a run at one instant.
 *
 * @param since when it came into this state
 * @param end absent while it has not ended
 * @param changesAt when it changes next by time alone; absent if only a fact can change it
 */
public record ShownRun(
        RunState state, Instant since, @Nullable RunEnd end, @Nullable Instant changesAt) {}
