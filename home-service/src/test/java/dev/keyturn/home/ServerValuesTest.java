package dev.keyturn.home;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.keyturn.events.RunFact;
import dev.keyturn.home.projection.Pause;
import dev.keyturn.home.status.AccountState;
import dev.keyturn.home.status.ChallengeEnd;
import dev.keyturn.home.status.ChallengeState;
import dev.keyturn.home.status.RunState;
import dev.keyturn.home.view.AccountView;
import dev.keyturn.values.CredentialsRefusal;
import dev.keyturn.values.FactorType;
import dev.keyturn.values.Reason;
import dev.keyturn.values.Verdict;
import dev.keyturn.wire.Json;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every value that the API can say and the page puts into words stands in a file beside the page's
 * tests, which look for its words in every language. So no new value can be forgotten there.
 */
class ServerValuesTest {

    private static final Path CHECKED_IN = Path.of("src/main/webui/test/server-values.json");

    @Test
    void thePageIsTestedWithEveryValueThatThereIs() throws IOException {
        Map<String, List<String>> values = new LinkedHashMap<>();
        values.put("accountStatus", names(AccountState.values()));
        values.put("runState", names(RunState.values()));
        values.put("credentials", names(AccountView.Credentials.values()));
        values.put("refused", texts(CredentialsRefusal.class));
        values.put("erased", names(AccountView.Erased.State.values()));
        values.put("paused", names(Pause.values()));
        values.put("challengeState", names(ChallengeState.values()));
        values.put("outcome", names(ChallengeEnd.values()));
        values.put("verdict", texts(Verdict.class));
        values.put("reason", texts(Reason.class));
        values.put("factor", texts(FactorType.class));
        values.put("timeline", records(RunFact.class).map(Class::getSimpleName).sorted().toList());
        String generated =
                Json.mapper()
                                .writer()
                                .with(SerializationFeature.INDENT_OUTPUT)
                                .writeValueAsString(values)
                        + "\n";
        Path actual = Path.of("target/server-values.json");
        Files.writeString(actual, generated);

        assertThat(CHECKED_IN)
                .as("copy %s over it, then npm test says which words are missing", actual)
                .hasContent(generated);
    }

    private static List<String> names(Enum<?>... values) {
        return Arrays.stream(values).map(Enum::name).toList();
    }

    /** The values that an open type knows by name. */
    private static List<String> texts(Class<? extends Record> type) {
        RecordComponent text =
                Arrays.stream(type.getRecordComponents())
                        .filter(c -> c.getAccessor().isAnnotationPresent(JsonValue.class))
                        .findFirst()
                        .orElseThrow();
        return Arrays.stream(type.getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()))
                .filter(field -> field.getType() == type)
                .map(
                        field -> {
                            try {
                                return (String) text.getAccessor().invoke(field.get(null));
                            } catch (ReflectiveOperationException e) {
                                throw new IllegalStateException(e);
                            }
                        })
                .toList();
    }

    private static Stream<Class<?>> records(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(ServerValuesTest::records)
                : Stream.of(type);
    }
}
