package dev.keyturn.service.reply;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReadThroughTest {

    @Test
    void recordsThatFollowEachOtherAreNoGap() {
        ReadThrough through = ReadThrough.unknown().read(7).read(8).looked(9).looked(9).read(9);
        assertThat(through).isEqualTo(new ReadThrough(10, 9, 0));
    }

    @Test
    void aRecordThatDoesNotFollowIsAGap() {
        assertThat(ReadThrough.unknown().read(7).read(9).gaps()).isEqualTo(1);
        assertThat(ReadThrough.unknown().read(7).read(3)).isEqualTo(new ReadThrough(4, -1, 1));
    }

    @Test
    void aConsumerThatWentBackIsAGap() {
        assertThat(ReadThrough.unknown().looked(5).looked(4)).isEqualTo(new ReadThrough(4, 4, 1));
    }

    @Test
    void aConsumerThatIsAheadIsAGapOnlyWhenNothingWasDeliveredUntilTheNextLook() {
        ReadThrough ahead = ReadThrough.unknown().read(4).looked(9);
        assertThat(ahead.gaps()).isZero();
        assertThat(ahead.looked(9)).isEqualTo(new ReadThrough(9, 9, 1));
        assertThat(ahead.read(5).looked(9).gaps()).isZero();
        assertThat(ahead.looked(9).looked(9).read(9).gaps()).isEqualTo(1);
    }
}
