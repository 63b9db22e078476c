package dev.keyturn.systemtests.scan;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A way to write a secret.
 *
 * @param sought what is there of the secret, whatever stands before and behind it
 * @param written how somebody writes it in this form, among other things
 */
public record Form(String name, UnaryOperator<String> sought, UnaryOperator<String> written) {

    private static final String REVERSED = ", reversed";

    private static final List<Form> ALL = allOfThem();

    /** All of them; two may write a secret alike. */
    public static List<Form> all() {
        return ALL;
    }

    private static List<Form> allOfThem() {
        List<Form> forms = new ArrayList<>();
        forms.add(same("clear", text -> text));
        forms.add(same("clear, its beginning", Form::beginning));
        forms.add(same("JSON", Form::escaped));
        for (int offset = 0; offset < 3; offset++) {
            forms.add(base64("base64", Base64.getEncoder(), offset));
            forms.add(base64("base64url", Base64.getUrlEncoder(), offset));
        }
        forms.add(same("hex", text -> HexFormat.of().formatHex(utf8(text))));
        forms.add(same("HEX", text -> HexFormat.of().withUpperCase().formatHex(utf8(text))));
        forms.add(same("URL", Form::urlEncoded));
        forms.add(same("URL, lower case", text -> lowerEscapes(urlEncoded(text))));
        forms.add(same("URL, form", Form::formEncoded));
        List<Form> reversed = forms.stream().map(Form::reversed).toList();
        return Stream.concat(forms.stream(), reversed.stream()).toList();
    }

    /** Whether it writes from the end to the beginning. */
    boolean isReversed() {
        return name.endsWith(REVERSED);
    }

    private static Form same(String name, UnaryOperator<String> way) {
        return new Form(name, way, way);
    }

    private Form reversed() {
        return new Form(
                name + REVERSED,
                text -> reverse(sought.apply(text)),
                text -> reverse(written.apply(text)));
    }

    /**
     * The secret begins at this byte of a group of three; what it shares a character with is not
     * its own.
     */
    private static Form base64(String name, Base64.Encoder encoder, int offset) {
        return new Form(
                name + " at " + offset,
                text -> {
                    byte[] secret = utf8(text);
                    byte[] shifted = new byte[offset + secret.length];
                    System.arraycopy(secret, 0, shifted, offset, secret.length);
                    int first = (offset * 8 + 5) / 6;
                    int end = shifted.length * 8 / 6;
                    return encoder.encodeToString(shifted).substring(first, end);
                },
                text -> encoder.encodeToString(utf8("xyz".substring(0, offset) + text + "more")));
    }

    private static String beginning(String text) {
        return text.length() < 2 * Needle.BEGINNING ? text : text.substring(0, Needle.BEGINNING);
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private static String formEncoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String urlEncoded(String text) {
        return formEncoded(text).replace("+", "%20");
    }

    private static String lowerEscapes(String encoded) {
        StringBuilder lower = new StringBuilder(encoded);
        for (int i = lower.indexOf("%"); i >= 0; i = lower.indexOf("%", i + 1)) {
            lower.replace(i, i + 3, lower.substring(i, i + 3).toLowerCase(Locale.ROOT));
        }
        return lower.toString();
    }

    private static String reverse(String text) {
        return new StringBuilder(text).reverse().toString();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return name;
    }
}
