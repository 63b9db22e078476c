package dev.keyturn.worker.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class JournalTest {

    private static Entry step(int position, String name, boolean once, boolean done) {
        return new Entry(position, Entry.Kind.STEP, name, once, done, done ? "sealed" : null);
    }

    @Test
    void whatWasNeverDoneIsDoneInItsOrder() {
        Journal journal = new Journal(List.of());
        assertThat(journal.next(Entry.Kind.STEP, "signIn")).isEqualTo(new Found.Nothing(0));
        assertThat(journal.next(Entry.Kind.WAIT, "wait")).isEqualTo(new Found.Nothing(1));
    }

    @Test
    void whatIsFinishedIsFoundAgain() {
        Entry done = step(0, "signIn", false, true);
        Journal journal = new Journal(List.of(done));
        assertThat(journal.next(Entry.Kind.STEP, "signIn")).isEqualTo(new Found.Finished(done));
        assertThat(journal.next(Entry.Kind.STEP, "fetch")).isEqualTo(new Found.Nothing(1));
    }

    @Test
    void whatMustNotBeDoneTwiceAndWasBegunIsNotDoneAgain() {
        Entry begun = step(0, "send code", true, false);
        assertThat(new Journal(List.of(begun)).next(Entry.Kind.STEP, "send code"))
                .isEqualTo(new Found.Begun(begun));
    }

    @Test
    void whatMustNotBeDoneTwiceAndWasFinishedIsFoundAgain() {
        Entry done = step(0, "send code", true, true);
        assertThat(new Journal(List.of(done)).next(Entry.Kind.STEP, "send code"))
                .isEqualTo(new Found.Finished(done));
    }

    @Test
    void aPlainStepThatWasBegunIsDoneAgain() {
        Journal journal = new Journal(List.of(step(0, "signIn", false, false)));
        assertThat(journal.next(Entry.Kind.STEP, "signIn")).isEqualTo(new Found.Nothing(0));
    }

    @Test
    void anotherNameOrKindAtAPlaceIsAnotherWay() {
        List<Entry> earlier = List.of(step(0, "signIn", false, true));
        assertThat(new Journal(earlier).next(Entry.Kind.STEP, "fetch"))
                .isEqualTo(new Found.Different(0, "signIn", "fetch"));
        assertThat(new Journal(earlier).next(Entry.Kind.WAIT, "signIn"))
                .isEqualTo(new Found.Different(0, "signIn", "signIn"));
    }
}
