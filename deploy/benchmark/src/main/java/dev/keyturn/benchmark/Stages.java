package dev.keyturn.benchmark;

import dev.keyturn.commands.SubmitCode;
import dev.keyturn.events.LoginSucceeded;
import dev.keyturn.events.TwoFaAnswered;
import dev.keyturn.replies.CodeGiven;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Where the time of a handshake went, by what the messages themselves say of their times. */
final class Stages {

    /** What a stage took, over all handshakes. */
    record Stage(String name, double median, double p99) {}

    private final Map<UUID, Long> submitted = new HashMap<>();
    private final Map<UUID, Long> decided = new HashMap<>();
    private final Map<UUID, Long> told = new HashMap<>();
    private final Map<UUID, Long> replied = new HashMap<>();
    private final Map<UUID, Long> succeeded = new HashMap<>();

    private Stages(List<Log.Said> log) {
        Map<UUID, UUID> challengeOfRun = new HashMap<>();
        for (Log.Said said : log) {
            switch (said.message()) {
                case SubmitCode code -> submitted.put(code.challengeId(), Micros.of(code.at()));
                case TwoFaAnswered fact -> {
                    decided.put(fact.challengeId(), Micros.of(fact.at()));
                    told.put(fact.challengeId(), said.sent());
                    challengeOfRun.put(fact.runId(), fact.challengeId());
                }
                case CodeGiven given -> replied.put(given.challengeId(), said.sent());
                case LoginSucceeded fact -> {
                    UUID challenge = challengeOfRun.get(fact.runId());
                    if (challenge != null) {
                        succeeded.put(challenge, Micros.of(fact.at()));
                    }
                }
                default -> {}
            }
        }
    }

    static List<Stage> of(List<Log.Said> log, List<Keyturn.Seen> seen) {
        Stages stages = new Stages(log);
        Map<String, List<Double>> took = new LinkedHashMap<>();
        seen.forEach(one -> stages.add(took, one));
        return took.entrySet().stream()
                .map(
                        e -> {
                            Spread spread = Spread.of(e.getValue());
                            return new Stage(e.getKey(), spread.median(), spread.p99());
                        })
                .toList();
    }

    private void add(Map<String, List<Double>> took, Keyturn.Seen one) {
        UUID id = one.challenge();
        Long[] instants = {
            one.pressed(),
            submitted.get(id),
            decided.get(id),
            told.get(id),
            replied.get(id),
            one.had(),
            succeeded.get(id),
            one.shown()
        };
        String[] names = {
            "call to Home has it",
            "Home has it to decided",
            "decided to fact sent",
            "fact sent to code sent",
            "code sent to connector has it",
            "connector to success told",
            "success told to page shows it"
        };
        for (int i = 0; i < names.length; i++) {
            Long from = instants[i];
            Long to = instants[i + 1];
            if (from != null && to != null && from > 0 && to > 0) {
                took.computeIfAbsent(names[i], _ -> new ArrayList<>())
                        .add(Micros.millis(to - from));
            }
        }
    }
}
