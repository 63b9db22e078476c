package dev.keyturn.connectors.sandbox;

import dev.keyturn.sdk.Page;
import java.util.Optional;

/** The site's pages, each of which names itself in {@code body[data-page]}. */
enum SitePage {
    SIGN_IN("sign-in"),
    VERIFY("verify"),
    CODE("code"),
    LOCKED("locked"),
    CHANGE_PASSWORD("change-password"),
    STATEMENTS("statements");

    private final String name;

    SitePage(String name) {
        this.name = name;
    }

    boolean is(Page page) {
        return page.attr("body", "data-page").filter(name::equals).isPresent();
    }

    static Optional<SitePage> of(Page page) {
        for (SitePage known : values()) {
            if (known.is(page)) {
                return Optional.of(known);
            }
        }
        return Optional.empty();
    }
}
