package dev.keyturn.twofa.db;

import dev.keyturn.twofa.challenge.Given;
import dev.keyturn.values.Verdict;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;

/** The verdict that was given. Written once, never changed. */
@Entity
@Table(name = "submission")
public class SubmissionRow {

    @EmbeddedId SubmissionKey key;

    String verdict;

    Instant at;

    /** For Hibernate, which fills every field. */
    @SuppressWarnings("NullAway.Init")
    protected SubmissionRow() {}

    static SubmissionRow of(SubmissionKey key, Given given) {
        SubmissionRow row = new SubmissionRow();
        row.key = key;
        row.verdict = given.verdict().text();
        row.at = given.at();
        return row;
    }

    Given toGiven() {
        return new Given(new Verdict(verdict), at);
    }
}
