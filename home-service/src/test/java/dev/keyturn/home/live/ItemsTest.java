package dev.keyturn.home.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ItemsTest {

    private final Items items = new Items();

    @Test
    void aPageGetsWhatItIsToldInOrder() throws InterruptedException {
        Item first = gone();
        Item second = gone();
        items.tell(first);
        items.tell(new Item.Catalog());
        items.tell(second);

        assertThat(all()).containsExactly(first, new Item.Catalog(), second);
    }

    @Test
    void aPageThatIsFarBehindGetsASnapshotInPlaceOfAllThatWaited() throws InterruptedException {
        items.tell(new Item.Catalog());
        for (int i = 0; i < 10 * Items.MOST; i++) {
            items.tell(gone());
            assertThat(items.size()).isLessThanOrEqualTo(Items.MOST);
        }
        Item last = gone();
        items.tell(last);

        assertThat(all()).startsWith(new Item.Catalog(), new Item.Again()).endsWith(last);
    }

    @Test
    void aSnapshotDropsNeitherTheCatalogueNorTheEnd() throws InterruptedException {
        items.tell(gone());
        items.tell(new Item.Ended());
        items.tell(new Item.Catalog());
        items.tell(new Item.Again());
        items.tell(new Item.Again());
        items.tell(new Item.Catalog());

        assertThat(all()).containsExactly(new Item.Ended(), new Item.Catalog(), new Item.Again());
    }

    private List<Item> all() throws InterruptedException {
        List<Item> all = new ArrayList<>();
        for (@Nullable Item next = items.next(0); next != null; next = items.next(0)) {
            all.add(next);
        }
        return all;
    }

    private static Item gone() {
        return new Item.Gone(UUID.randomUUID(), 1);
    }
}
