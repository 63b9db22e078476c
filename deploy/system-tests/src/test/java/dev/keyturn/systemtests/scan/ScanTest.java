package dev.keyturn.systemtests.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyturn.systemtests.scan.Place.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScanTest {

    private static final Place LOG = new Place(Kind.LOG, "home.log");
    private static final Needle SECRET =
            new Needle("a code", "Kq3vTz7mWx2p+/=???~~~\"\\ä &Rb8nYd5hLc4s", false);
    private static final Needle NUMBER = Needle.number("six digits", "482913");

    static List<Form> forms() {
        return Scan.formsOf(SECRET);
    }

    @Test
    void aSecretOfAllSortsIsWrittenInManyForms() {
        assertThat(forms())
                .extracting(Form::name)
                .contains(
                        "clear",
                        "clear, its beginning",
                        "JSON",
                        "base64 at 0",
                        "base64 at 1",
                        "base64 at 2",
                        "base64url at 0",
                        "base64url at 1",
                        "base64url at 2",
                        "hex",
                        "HEX",
                        "URL",
                        "URL, lower case",
                        "URL, form",
                        "clear, reversed",
                        "base64 at 1, reversed",
                        "hex, reversed")
                .hasSize(28);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void everyFormIsFoundAmongOtherThings(Form form) {
        assertThat(found("12 a=b " + form.written().apply(SECRET.text()) + " and so on", SECRET))
                .extracting(Hit::form)
                .contains(form.name());
    }

    @ParameterizedTest
    @MethodSource("forms")
    void whatIsNotThereIsNotFound(Form form) {
        String other = Needle.text("another").text();
        assertThat(found(form.written().apply(other), SECRET)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void base64IsFoundWhereverTheSecretBegins(int before) {
        byte[] text = ("x".repeat(before) + SECRET.text() + "…").getBytes(StandardCharsets.UTF_8);
        for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
            assertThat(found(encoder.encodeToString(text), SECRET))
                    .extracting(Hit::form)
                    .anyMatch(name -> name.startsWith("base64"));
        }
    }

    @Test
    void alsoWhatWasCutOffIsFound() {
        assertThat(found("code=" + SECRET.text().substring(0, 15) + "…", SECRET))
                .containsExactly(new Hit("a code", "clear, its beginning", LOG));
    }

    @Test
    void aHitSaysWhereAndDoesNotRepeatTheSecret() {
        assertThat(found("code=" + SECRET.text(), SECRET))
                .contains(new Hit("a code", "clear", LOG))
                .noneMatch(hit -> hit.toString().contains("Kq3vTz7m"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"482913", "code=482913", "\"482913\"", "is 482913, or", "[482913]"})
    void aNumberOfItsOwnIsFound(String text) {
        assertThat(found(text, NUMBER)).containsExactly(new Hit("six digits", "clear", LOG));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1482913",
                "4829130",
                "10:00:00.482913Z",
                "482913.5",
                "a482913",
                "482913f0-aa",
                "aa-482913"
            })
    void aNumberThatIsPartOfAnotherIsNone(String text) {
        assertThat(found(text, NUMBER)).isEmpty();
    }

    @Test
    void aNumberIsFoundInOtherFormsToo() {
        assertThat(found("NDgyOTEz and 343832393133", NUMBER))
                .extracting(Hit::form)
                .containsExactlyInAnyOrder("base64 at 0", "hex");
    }

    @Test
    void whatLiesAcrossTwoChunksIsFound() {
        byte[] secret = SECRET.text().getBytes(StandardCharsets.UTF_8);
        IntStream.rangeClosed(-2 * secret.length, 3 * secret.length)
                .map(shift -> Scan.CHUNK + shift)
                .forEach(
                        at -> {
                            byte[] all = new byte[2 * Scan.CHUNK];
                            System.arraycopy(secret, 0, all, at, secret.length);
                            assertThat(found(all, SECRET)).as("at %d", at).isNotEmpty();
                        });
    }

    @Test
    void whatEndsWithTheStreamIsFound() throws IOException {
        for (int size : List.of(6, 7, Scan.CHUNK, Scan.CHUNK + 1, Scan.CHUNK + 16)) {
            byte[] all = new byte[size];
            Arrays.fill(all, (byte) ' ');
            System.arraycopy("482913".getBytes(StandardCharsets.UTF_8), 0, all, size - 6, 6);
            Scan scan = new Scan(List.of(NUMBER));
            scan.look(LOG, new ByteArrayInputStream(all));
            assertThat(scan.hits()).as("%d bytes", size).hasSize(1);
            assertThat(scan.seen()).containsEntry(Kind.LOG, new Scan.Seen(1, size));
        }
    }

    private static List<Hit> found(String text, Needle needle) {
        return found(text.getBytes(StandardCharsets.UTF_8), needle);
    }

    private static List<Hit> found(byte[] bytes, Needle needle) {
        Scan scan = new Scan(List.of(needle));
        scan.look(LOG, bytes);
        return List.copyOf(scan.hits());
    }
}
