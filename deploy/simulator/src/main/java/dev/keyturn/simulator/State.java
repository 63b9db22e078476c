package dev.keyturn.simulator;

import dev.keyturn.simulator.cast.Cast;
import dev.keyturn.simulator.world.World;
import dev.keyturn.wire.Topics;

/** All that is stored, to be compared. */
record State(long facts, long commands, long runs, String worker, String twofa, String home) {

    static State of(World world, Cast cast) {
        return new State(
                world.log().size(Topics.EVENTS.name()),
                world.log().size(Topics.CHALLENGES.name()),
                world.log().size(Topics.RUNS.name()),
                cast.workerTables().state(),
                cast.twofaTables().state(),
                cast.homeTables().state());
    }

    /** Which part differs. */
    String difference(State other) {
        StringBuilder parts = new StringBuilder();
        add(parts, "the log", facts == other.facts);
        add(parts, "the commands", commands == other.commands && runs == other.runs);
        add(parts, "the workers' tables", worker.equals(other.worker));
        add(parts, "twofa-service's tables", twofa.equals(other.twofa));
        add(parts, "home-service's tables", home.equals(other.home));
        return parts.toString();
    }

    private static void add(StringBuilder parts, String part, boolean same) {
        if (!same) {
            parts.append(parts.isEmpty() ? "" : ", ").append(part);
        }
    }
}
