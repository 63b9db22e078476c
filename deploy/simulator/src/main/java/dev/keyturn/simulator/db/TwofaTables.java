package dev.keyturn.simulator.db;

import dev.keyturn.simulator.world.World;
import dev.keyturn.twofa.challenge.Challenge;
import dev.keyturn.twofa.challenge.Given;
import dev.keyturn.twofa.challenge.Series;
import java.time.Instant;
import java.util.UUID;

/** twofa-service's database. */
public final class TwofaTables {

    /** A challenge, the partition that it came by, and for which deadline an expiry was sent. */
    public record Stored(Challenge challenge, int partition, Instant expirySent) {}

    public final MemoryOutbox outbox;
    public final MemoryPositions positions = new MemoryPositions();
    public final Rows<UUID, Stored> challenges = new Rows<>();
    public final Rows<Series.Request, Given> given = new Rows<>();

    public TwofaTables(World world) {
        outbox = new MemoryOutbox(world);
    }

    /** What must stay as it is when all commands are read again. */
    public String state() {
        return challenges + "\n" + given;
    }
}
