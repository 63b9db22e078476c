package dev.keyturn.values;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a person is asked. Texts of a site are untrusted: length-limited, shown as text.
 *
 * @param type the kind of second factor
 * @param destination where the site sent the code, masked ({@code ••42}); absent if it sends none
 * @param words the site's own words
 * @param format what the code must look like
 * @param choices the answers to choose from, for {@code CHOICE}
 * @param compare the text that the person compares on both screens, for {@code APPROVAL}
 * @param methods other kinds of second factor that the site offers instead
 * @param resendFrom from when the site sends again; absent if it does not
 * @param wrongCodesLeft how many wrong codes the site still takes; absent if unknown
 */
public record Prompt(
        FactorType type,
        @Nullable String destination,
        @Nullable String words,
        @Nullable CodeFormat format,
        List<Choice> choices,
        @Nullable String compare,
        List<FactorType> methods,
        @Nullable Instant resendFrom,
        @Nullable Integer wrongCodesLeft) {

    public Prompt {
        choices = choices == null ? List.of() : List.copyOf(choices);
        methods = methods == null ? List.of() : List.copyOf(methods);
    }
}
