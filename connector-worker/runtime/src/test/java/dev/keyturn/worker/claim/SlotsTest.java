package dev.keyturn.worker.claim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SlotsTest {

    @Test
    void thereAreAsManyAsThereAre() {
        Slots slots = new Slots(2, 10);
        assertThat(slots.tryTake()).isTrue();
        assertThat(slots.tryTake()).isTrue();
        assertThat(slots.tryTake()).isFalse();
        slots.free();
        assertThat(slots.tryTake()).isTrue();
    }

    @Test
    void aRunThatWaitsGivesItsSlotBack() {
        Slots slots = new Slots(1, 10);
        assertThat(slots.tryTake()).isTrue();
        slots.toWaiting();
        assertThat(slots.tryTake()).isTrue();
        assertThat(slots.working()).isEqualTo(1);
        assertThat(slots.waiting()).isEqualTo(1);
    }

    @Test
    void aRunThatComesBackGoesOnAboveTheSlotsAndNoNewOneIsTakenUntilTheyAreFewer() {
        Slots slots = new Slots(1, 10);
        assertThat(slots.tryTake()).isTrue();
        slots.toWaiting();
        assertThat(slots.tryTake()).isTrue();
        slots.toWorking();
        assertThat(slots.working()).isEqualTo(2);
        slots.free();
        assertThat(slots.tryTake()).isFalse();
        slots.free();
        assertThat(slots.tryTake()).isTrue();
    }

    @Test
    void withAsManyWaitingAsMayComeBackNoNewOneIsTaken() {
        Slots slots = new Slots(2, 1);
        assertThat(slots.tryTake()).isTrue();
        slots.toWaiting();
        assertThat(slots.tryTake()).isFalse();
    }
}
