package dev.keyturn.home.live;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a page has yet to be sent. Telling never waits, and however slowly it reads, it is bounded.
 */
final class Items {

    /** A page that is so far behind gets what there is instead of how it came. */
    static final int MOST = 1_000;

    private final BlockingQueue<Item> items = new LinkedBlockingQueue<>();

    void tell(Item item) {
        switch (item) {
            case Item.Again _ -> begin();
            case Item.Catalog _, Item.Beat _, Item.Ended _ -> addOnce(item);
            case Item.OfAccount _, Item.OfChallenge _, Item.Gone _ -> {
                if (items.size() < MOST) {
                    items.add(item);
                } else {
                    begin();
                }
            }
        }
    }

    /** The next one, or null if none comes in that time. */
    @Nullable Item next(long nanos) throws InterruptedException {
        return items.poll(nanos, TimeUnit.NANOSECONDS);
    }

    int size() {
        return items.size();
    }

    /** A snapshot will say all that waits, but for the catalogue, a beat and the end. */
    private void begin() {
        items.removeIf(
                item ->
                        !(item instanceof Item.Catalog
                                || item instanceof Item.Beat
                                || item instanceof Item.Ended));
        items.add(new Item.Again());
    }

    private void addOnce(Item item) {
        if (!items.contains(item)) {
            items.add(item);
        }
    }
}
