package dev.keyturn.simulator.db;

import dev.keyturn.service.db.Tx;
import dev.keyturn.simulator.Mutant;
import dev.keyturn.simulator.world.World;
import dev.keyturn.worker.store.InstanceTable;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Table {@code instance}, judged by the database's clock. */
public final class MemoryInstances extends InstanceTable {

    private record Member(UUID id, String name, long expiresAt, boolean live) {

        Member dead() {
            return new Member(id, name, expiresAt, false);
        }
    }

    private final World world;
    private final Rows<UUID, Member> rows = new Rows<>();

    MemoryInstances(World world) {
        this.world = world;
    }

    @Override
    public void start(Tx tx, UUID instanceId, String name, Duration lease) {
        end(tx, rows.where(m -> m.name().equals(name) && m.live()));
        long expiresAt = world.now() + lease.toMillis();
        rows.put(tx, instanceId, new Member(instanceId, name, expiresAt, true));
    }

    /** Whether it lived still, and is renewed. */
    public boolean renew(Tx tx, UUID instanceId, Duration lease) {
        @Nullable Member member = rows.get(instanceId);
        if (member == null || !member.live()) {
            return false;
        }
        long expiresAt = world.now() + lease.toMillis();
        rows.put(tx, instanceId, new Member(instanceId, member.name(), expiresAt, true));
        return true;
    }

    boolean isLive(@Nullable UUID instanceId) {
        return instanceId != null && rows.find(instanceId).filter(Member::live).isPresent();
    }

    @Override
    public void stop(Tx tx, UUID instanceId) {
        end(tx, rows.where(m -> m.id().equals(instanceId)));
    }

    @Override
    public int markDead(Tx tx) {
        if (world.has(Mutant.NOBODY_ADOPTS)) {
            return 0;
        }
        return end(tx, rows.where(m -> m.live() && m.expiresAt() < world.now()));
    }

    private int end(Tx tx, List<Member> members) {
        members.forEach(m -> rows.put(tx, m.id(), m.dead()));
        return members.size();
    }

    @Override
    public int clean(Tx tx, Duration age) {
        return 0;
    }
}
