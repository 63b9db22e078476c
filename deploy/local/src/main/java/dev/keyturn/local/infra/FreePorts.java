package dev.keyturn.local.infra;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * Ports of loopback that nobody uses at the moment. They lie below those that systems give to
 * outgoing connections, so that none of them is taken until its server listens, and are given once.
 */
public final class FreePorts {

    private static final int LOWEST = 12_000;
    private static final int HIGHEST = 32_000;
    private static final int TRIES = 1_000;

    private static final Set<Integer> GIVEN = new HashSet<>();

    private FreePorts() {}

    /** That many different ones. */
    public static List<Integer> find(int count) {
        return IntStream.range(0, count).mapToObj(_ -> inARow(1)).toList();
    }

    /** The first of that many in a row. */
    public static synchronized int inARow(int count) {
        for (int i = 0; i < TRIES; i++) {
            int first = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST - count);
            List<Integer> row = IntStream.range(first, first + count).boxed().toList();
            if (row.stream().allMatch(port -> !GIVEN.contains(port) && isFree(port))) {
                GIVEN.addAll(row);
                return first;
            }
        }
        throw new StackFailure(
                "No %d free ports in a row between %d and %d".formatted(count, LOWEST, HIGHEST));
    }

    private static boolean isFree(int port) {
        try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
