package dev.keyturn.sandbox.web;

import dev.keyturn.sandbox.Site;
import dev.keyturn.sandbox.audit.SiteLog.Entry;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Iterator;
import java.util.List;

/** The log as JSON. */
final class LogPages {
    private static final int ENTRIES_PER_PART = 500;

    private final Site site;

    LogPages(Site site) {
        this.site = site;
    }

    void log(Exchange exchange) {
        var user = exchange.query("user");
        var entries = site.log().entries(user.isEmpty() ? null : user);
        exchange.response().putHeader("Content-Type", "application/json");
        Parts.send(exchange.response(), Buffer.buffer("["), parts(entries));
    }

    /** In parts: 200,000 entries at once would need more memory than all the rest of the site. */
    private static Iterator<Buffer> parts(List<Entry> entries) {
        return new Iterator<>() {
            private int from;
            private boolean closed;

            @Override
            public boolean hasNext() {
                return !closed;
            }

            @Override
            public Buffer next() {
                int to = Math.min(from + ENTRIES_PER_PART, entries.size());
                var part = Buffer.buffer();
                for (; from < to; from++) {
                    part.appendString(from == 0 ? "\n" : ",\n")
                            .appendBuffer(json(entries.get(from)));
                }
                closed = from == entries.size();
                return closed ? part.appendString("]\n") : part;
            }
        };
    }

    private static Buffer json(Entry entry) {
        return new JsonObject()
                .put("at", entry.at().toString())
                .put("kind", entry.kind().name())
                .put("user", entry.user())
                .put("ok", entry.ok())
                .put("detail", entry.detail())
                .toBuffer();
    }
}
