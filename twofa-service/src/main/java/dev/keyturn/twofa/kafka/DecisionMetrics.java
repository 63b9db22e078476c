package dev.keyturn.twofa.kafka;

import dev.keyturn.twofa.challenge.Given;
import dev.keyturn.twofa.challenge.Ignored;
import dev.keyturn.twofa.db.Decided;
import dev.keyturn.values.Verdict;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jboss.logging.Logger;

/** Counts verdicts and what was ignored; says aloud what should not happen. */
@ApplicationScoped
public class DecisionMetrics {

    private static final Logger LOG = Logger.getLogger(DecisionMetrics.class);

    private final MeterRegistry metrics;

    DecisionMetrics(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    void count(List<Decided> decided) {
        decided.forEach(this::count);
    }

    private void count(Decided decided) {
        Given given = decided.decision().given();
        if (given != null) {
            metrics.counter("keyturn.twofa.verdicts", "verdict", given.verdict().text())
                    .increment();
            warn(decided, given.verdict());
        }
        Ignored ignored = decided.decision().ignored();
        if (ignored != null) {
            metrics.counter("keyturn.twofa.ignored", "why", ignored.name()).increment();
            warn(decided, ignored);
        }
    }

    private static void warn(Decided decided, Verdict verdict) {
        if (verdict.kind() == Verdict.Kind.NOT_YOURS) {
            LOG.warnf(
                    "A challenge was answered by somebody whose it is not: challengeId=%s"
                            + " accountId=%s",
                    decided.command().challengeId(), decided.command().accountId());
        }
    }

    private static void warn(Decided decided, Ignored why) {
        if (why == Ignored.LOWER_EPOCH || why == Ignored.FOREIGN) {
            LOG.warnf(
                    "A command of who does not hold the run was ignored: challengeId=%s type=%s"
                            + " why=%s",
                    decided.command().challengeId(), decided.command().typeName(), why);
        }
    }
}
