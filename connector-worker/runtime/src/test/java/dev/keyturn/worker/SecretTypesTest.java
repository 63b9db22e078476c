package dev.keyturn.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.keyturn.local.backup.Passphrase;
import dev.keyturn.local.infra.DatabaseLogin;
import dev.keyturn.sdk.Cookie;
import dev.keyturn.sdk.FormValue;
import dev.keyturn.sdk.Request;
import dev.keyturn.sdk.SignInForm;
import dev.keyturn.sdk.TwoFaCode;
import dev.keyturn.seal.ChallengeKey;
import dev.keyturn.seal.FleetKeys;
import dev.keyturn.seal.Secret;
import dev.keyturn.wire.Json;
import dev.keyturn.worker.challenge.Answer;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds a secret in clear shows it neither in a log nor in JSON. The list is complete: the
 * last test finds every type of all modules with a field that looks like one.
 */
class SecretTypesTest {

    private static final String SECRET = "hunter2hunter2";

    private static final Pattern SUSPICIOUS =
            Pattern.compile(
                    "(?i)(password|passphrase|secret|token|cookies?|jar|code|codes|html|plain)");

    private static final Set<String> SUSPICIOUS_TYPES =
            Set.of(
                    Secret.class.getName(),
                    FleetKeys.class.getName(),
                    ChallengeKey.class.getName(),
                    TwoFaCode.class.getName());

    /** Has such a field, and why that is none of this test's business. */
    private static final Map<String, String> NOT_HERE =
            Map.of(
                    "dev.keyturn.local.api.HomeApi", "prints nothing of itself",
                    "dev.keyturn.local.api.Phone$Message", "the phone of the sandbox shows codes",
                    "dev.keyturn.local.signin.Answering$Asked", "a thread that asks",
                    "dev.keyturn.sdk.Reason", "the name of a reason",
                    "dev.keyturn.worker.connectors.Loaded", "the name of a jar",
                    "dev.keyturn.worker.http.CookieJar", "prints nothing of itself",
                    "dev.keyturn.worker.http.HtmlPage", "prints status and address only",
                    "dev.keyturn.worker.http.VertxSession", "prints nothing of itself",
                    "dev.keyturn.worker.keys.Keys", "prints nothing of itself");

    /** Written on purpose, into a step that is sealed; they print nothing. */
    private static final Set<String> INTO_A_SEALED_STEP =
            Set.of(
                    "dev.keyturn.worker.execution.StepResults$Found",
                    "dev.keyturn.worker.execution.StepResults$Stored");

    static List<Object> holders() {
        return List.of(
                new Secret(SECRET),
                FleetKeys.generate(),
                ChallengeKey.generate(),
                new FormValue("password", SECRET),
                new Cookie("sid", SECRET, "x.org", true, "/", null, true, true),
                Request.post("https://x.org/" + "?token=" + SECRET, Map.of("password", SECRET)),
                SignInForm.at("https://x.org/", "#form").fill("password", SECRET),
                new Answer.Usable(new Secret(SECRET)),
                new DatabaseLogin("jdbc:postgresql://x", "home", SECRET),
                Passphrase.of(SECRET),
                new Code());
    }

    private static final class Code extends TwoFaCode {
        @Override
        protected String open() {
            return SECRET;
        }
    }

    @ParameterizedTest
    @MethodSource("holders")
    void nothingThatIsPrintedShowsIt(Object holder) {
        assertThat(holder.toString()).doesNotContain(SECRET).doesNotContain("\"d\"");
        assertThat(List.of(holder) + " " + Map.of("it", holder)).doesNotContain(SECRET);
    }

    @ParameterizedTest
    @MethodSource("holders")
    void jacksonRefusesToWriteIt(Object holder) {
        for (ObjectMapper mapper : List.of(new ObjectMapper(), Json.mapper())) {
            assertThatThrownBy(() -> mapper.writeValueAsString(holder))
                    .isInstanceOf(JsonProcessingException.class)
                    .hasMessageNotContaining(SECRET);
            assertThatThrownBy(() -> mapper.writeValueAsString(Map.of("it", List.of(holder))))
                    .isInstanceOf(JsonProcessingException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("holders")
    void aMapperThatWritesWhatItDoesNotKnowShowsNothingEither(Object holder) {
        ObjectMapper lenient = new ObjectMapper().disable(SerializationFeature.FAIL_ON_EMPTY_BEANS);
        String written;
        try {
            written = lenient.writeValueAsString(holder);
        } catch (JsonProcessingException refused) {
            written = String.valueOf(refused.getMessage());
        }
        assertThat(written).doesNotContain(SECRET);
    }

    @ParameterizedTest
    @MethodSource("holders")
    void javaRefusesToo(Object holder) throws Exception {
        try (ObjectOutputStream out = new ObjectOutputStream(OutputStream.nullOutputStream())) {
            assertThatThrownBy(() -> out.writeObject(holder))
                    .isInstanceOf(NotSerializableException.class);
        }
    }

    @Test
    void noOtherTypeHoldsOne() {
        Set<String> known = new TreeSet<>(NOT_HERE.keySet());
        known.addAll(INTO_A_SEALED_STEP);
        holders().forEach(holder -> known.add(holder.getClass().getName()));
        Set<String> found = new TreeSet<>();
        for (JavaClass type :
                new ClassFileImporter()
                        .withImportOption(
                                place ->
                                        !place.contains("/test-classes/")
                                                && !place.contains("/test/"))
                        .importPackages("dev.keyturn")) {
            if (type.getFields().stream().anyMatch(SecretTypesTest::mayHoldOne)) {
                found.add(type.getName());
            }
        }
        assertThat(found).contains(Answer.Usable.class.getName(), DatabaseLogin.class.getName());
        assertThat(found)
                .as("types that may hold a secret: add each to the list that it belongs to")
                .isSubsetOf(known);
    }

    private static boolean mayHoldOne(JavaField field) {
        return !field.getModifiers().contains(JavaModifier.STATIC)
                && !field.getRawType().isPrimitive()
                && (SUSPICIOUS.matcher(field.getName()).matches()
                        || SUSPICIOUS_TYPES.contains(field.getRawType().getName()));
    }
}
