package dev.keyturn.chaos.audit;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.keyturn.chaos.audit.Evidence.SiteEntry;
import dev.keyturn.chaos.person.Ledger;
import dev.keyturn.events.DocumentSaved;
import dev.keyturn.events.RunFailed;
import dev.keyturn.events.TwoFaAnswered;
import dev.keyturn.values.Reason;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the site was sent, and what of it was kept. */
final class AtTheSite {

    private final Evidence evidence;
    private final Log log;
    private final Findings findings;

    AtTheSite(Evidence evidence, Log log, Findings findings) {
        this.evidence = evidence;
        this.log = log;
        this.findings = findings;
    }

    void judge() {
        nothingIsSavedTwice();
        noCodeAndNoMessageIsSentTwice();
        everyDeliveredCodeIsSent();
    }

    /** Accepted for good: unless its person gave up, or the run ended for what it had begun. */
    private void everyDeliveredCodeIsSent() {
        Map<UUID, Ledger.RunOfPerson> runs =
                evidence.runs().stream()
                        .collect(toMap(Ledger.RunOfPerson::id, Function.identity()));
        Map<UUID, Ledger.Submission> made =
                evidence.submissions().stream()
                        .collect(toMap(Ledger.Submission::id, Function.identity()));
        Set<String> sent = entries("CODE").map(e -> e.user() + " " + e.detail()).collect(toSet());
        log.of(TwoFaAnswered.class)
                .map(f -> made.get(f.submissionId()))
                .filter(Objects::nonNull)
                .filter(s -> !mayEndUnused(s.run(), runs.get(s.run())))
                .filter(s -> !sent.contains(loginOf(runs.get(s.run())) + " " + s.code()))
                .forEach(
                        s ->
                                findings.find(
                                        "a delivered code reaches the site",
                                        s.run(),
                                        "submissionId=" + s.id()));
    }

    private static @Nullable String loginOf(Ledger.@Nullable RunOfPerson run) {
        return run == null ? null : run.login();
    }

    private boolean mayEndUnused(UUID run, Ledger.@Nullable RunOfPerson person) {
        return (person != null && person.gaveUp())
                || log.storyOf(run).stream()
                        .anyMatch(
                                f ->
                                        f instanceof RunFailed end
                                                && end.reason().is(Reason.INTERRUPTED));
    }

    private void noCodeAndNoMessageIsSentTwice() {
        Map<String, Long> codes =
                entries("CODE").collect(groupingBy(e -> e.user() + " " + e.detail(), counting()));
        codes.forEach(
                (code, count) -> {
                    if (count > 1) {
                        findings.find(
                                "no code is sent to the site twice", null, code + ": " + count);
                    }
                });
        Map<String, List<Instant>> messages =
                entries("MESSAGE")
                        .collect(
                                groupingBy(
                                        e -> String.valueOf(e.user()),
                                        mapping(SiteEntry::at, toList())));
        Map<String, List<Ledger.RunOfPerson>> runsOf =
                evidence.runs().stream().collect(groupingBy(Ledger.RunOfPerson::login));
        messages.forEach((login, at) -> judge(login, at, runsOf.getOrDefault(login, List.of())));
    }

    /** The connector lets the site send in a step that must not be done twice in a run. */
    private void judge(String login, List<Instant> messages, List<Ledger.RunOfPerson> runs) {
        TreeMap<Instant, UUID> begins = new TreeMap<>();
        for (Ledger.RunOfPerson run : runs) {
            log.storyOf(run.id()).stream().findFirst().ifPresent(f -> begins.put(f.at(), run.id()));
        }
        Map<UUID, Integer> perRun = new HashMap<>();
        for (Instant at : messages) {
            Map.@Nullable Entry<Instant, UUID> run = begins.floorEntry(at);
            if (run == null) {
                findings.find("no message without a run", null, login + " at " + at);
            } else if (perRun.merge(run.getValue(), 1, Integer::sum) > 1) {
                findings.find("no message is sent twice", run.getValue(), login + " at " + at);
            }
        }
    }

    private Stream<SiteEntry> entries(String kind) {
        return evidence.site().stream().filter(e -> e.kind().equals(kind));
    }

    private void nothingIsSavedTwice() {
        log.of(DocumentSaved.class)
                .collect(groupingBy(f -> f.accountId() + " " + f.sha256()))
                .forEach(
                        (content, saved) -> {
                            if (saved.size() > 1) {
                                findings.find(
                                        "no content is saved twice for an account",
                                        saved.getLast().runId(),
                                        content + ": " + saved.size());
                            }
                        });
    }
}
