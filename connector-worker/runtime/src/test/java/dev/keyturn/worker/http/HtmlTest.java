package dev.keyturn.worker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

class HtmlTest {

    private final AtomicInteger parsed = new AtomicInteger();
    private final Html html =
            new Html(
                    () -> {
                        parsed.incrementAndGet();
                        return Jsoup.parse("<title>Bills</title>");
                    });

    @Test
    void isNotHeldWhileNobodyLooksAndIsReadAgain() {
        String title = html.look(Document::title);
        assertThat(title).isEqualTo("Bills");
        await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> {
                            System.gc();
                            return html.look(Document::title).equals("Bills") && parsed.get() > 1;
                        });
    }

    @Test
    void isLookedAtOnAThreadThatOutlivesTheRuns() throws InterruptedException {
        String[] reader = new String[1];
        Thread run =
                Thread.ofVirtual()
                        .start(() -> reader[0] = html.look(_ -> Thread.currentThread().getName()));
        run.join();
        assertThat(reader[0]).startsWith("html-");
    }

    @Test
    void whatALookThrowsIsThrown() {
        assertThatThrownBy(
                        () ->
                                html.look(
                                        _ -> {
                                            throw new IllegalArgumentException("no such form");
                                        }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no such form");
    }
}
