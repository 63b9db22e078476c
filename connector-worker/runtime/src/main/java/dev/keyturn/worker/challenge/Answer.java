package dev.keyturn.worker.challenge;

import dev.keyturn.sdk.TwoFaOptions;
import dev.keyturn.seal.Secret;
import dev.keyturn.values.RejectedWhy;

/** What a worker thinks of a code before the site is asked. */
public sealed interface Answer {

    /** It may be given to the site, trimmed as the site expects it. */
    record Usable(Secret code) implements Answer {}

    /** It goes back to the person. */
    record Refused(RejectedWhy why) implements Answer {}

    /** What to think of a code that was opened. */
    static Answer of(Secret typed, TwoFaOptions options) {
        String code = options.format().clean(typed.reveal());
        return options.accepts(code)
                ? new Usable(new Secret(code))
                : new Refused(RejectedWhy.WRONG_FORMAT);
    }

    /** What to think of one that could not be opened. */
    static Answer unreadable() {
        return new Refused(RejectedWhy.UNREADABLE);
    }
}
