package dev.keyturn.local.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyturn.local.api.Connector;
import dev.keyturn.local.api.Connector.Choice;
import dev.keyturn.local.api.Connector.Field;
import dev.keyturn.local.terminal.FakeTerminal;
import dev.keyturn.local.terminal.WrongUse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldValuesTest {

    private static final Connector BANK = connector(false);
    private static final Connector SANDBOX = connector(true);

    @Test
    void aSecretIsNotTakenFromAnArgument() {
        assertThatThrownBy(() -> given(BANK, "", "password=hunter2"))
                .isInstanceOf(WrongUse.class)
                .hasMessageContaining("password is a secret")
                .hasMessageContaining("KEYTURN_FIELD_PASSWORD")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void aTestSitesSecretIs() {
        assertThat(given(SANDBOX, "", "login=ada", "password=sandbox"))
                .containsExactly(Map.entry("login", "ada"), Map.entry("password", "sandbox"));
    }

    @Test
    void aSecretComesFromAFileWithoutItsLastLineEnd(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("secret"), "hunter2\n");
        assertThat(given(BANK, "", "password=@" + file)).containsEntry("password", "hunter2");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> given(BANK, "", "password=@/none"))
                .hasMessageContaining("password: cannot read /none");
    }

    @Test
    void aSecretComesFromTheStandardInput() {
        assertThat(given(BANK, "hun ter2\r\n", "password=-")).containsEntry("password", "hun ter2");
    }

    @Test
    void theStandardInputIsReadOnce() {
        assertThatThrownBy(() -> given(BANK, "x", "password=-", "pin=-"))
                .hasMessage("Only one field can be read from the standard input");
    }

    @Test
    void aSecretComesFromTheEnvironment() {
        Map<String, String> environment = Map.of("KEYTURN_FIELD_PASSWORD", "hunter2");
        assertThat(new FieldValues(BANK).given(List.of(), environment, () -> ""))
                .containsExactly(Map.entry("password", "hunter2"));
    }

    @Test
    void whatIsNoSecretIsTakenAsItIs() {
        assertThat(given(BANK, "", "login=@ada")).containsEntry("login", "@ada");
        assertThat(given(BANK, "", "login=-")).containsEntry("login", "-");
        assertThat(given(BANK, "", "login=a=b")).containsEntry("login", "a=b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nick=ada | bank has no field nick; it has login, password, pin, region, mail,"
                        + " site",
                "login | --field must be name=value",
                "=ada | --field must be name=value",
                "region=mars | region: must be one of eu, us",
                "mail=ada | mail: must be an e-mail address",
                "site=ftp://x | site: must be an address that begins with https://",
                "login=a b | login: must be of the form [^ ]+"
            })
    void whatIsWrongIsNamed(String argument, String line) {
        assertThatThrownBy(() -> given(BANK, "", argument))
                .isInstanceOf(WrongUse.class)
                .hasMessage(line);
    }

    @Test
    void aFieldIsGivenOnce() {
        assertThatThrownBy(() -> given(BANK, "", "login=a", "login=b"))
                .hasMessage("--field login is given twice");
    }

    @Test
    void whatIsMissingIsAskedAndASecretIsNotShown() {
        FakeTerminal person = FakeTerminal.typing("hunter2", "eu");
        Map<String, String> all = new FieldValues(BANK).complete(Map.of("login", "ada"), person);
        assertThat(all).containsOnlyKeys("login", "password", "region");
        assertThat(person.questions)
                .containsExactly("[secret] Password: ", "Region (eu = Europe, us = America): ");
    }

    @Test
    void withNobodyThereWhatIsMissingIsNamed() {
        assertThatThrownBy(
                        () ->
                                new FieldValues(BANK)
                                        .complete(Map.of("login", "a"), FakeTerminal.nobody()))
                .isInstanceOf(WrongUse.class)
                .hasMessage(
                        "password is missing: give --field password=@FILE, --field password=- or"
                                + " KEYTURN_FIELD_PASSWORD");
    }

    @ParameterizedTest
    @CsvSource({
        "DIGITS, 6, , 123456, true",
        "DIGITS, 6, , 123 456, true",
        "DIGITS, 6, , 123-456, true",
        "DIGITS, 6, , 12345, false",
        "DIGITS, 6, , 12345a, false",
        "DIGITS, , 8, 1234567, true",
        "DIGITS, , 8, 123456789, false",
        "TEXT, , 5, abcde, true",
        "TEXT, , 5, abcdef, false",
        "TEXT, , , '', false"
    })
    void aCodeHasTheFormThatTheSiteExpects(
            String kind, Integer length, Integer maxLength, String code, boolean fits) {
        assertThat(
                        CodeForm.fits(
                                new dev.keyturn.local.api.Challenge.Format(kind, length, maxLength),
                                code))
                .isEqualTo(fits);
    }

    private static Map<String, String> given(Connector connector, String input, String... fields) {
        return new FieldValues(connector).given(List.of(fields), Map.of(), () -> input);
    }

    static Connector connector(boolean sandbox) {
        return new Connector(
                sandbox ? "sandbox" : "bank",
                "Bank",
                "1",
                List.of(
                        new Field("login", "Login", null, "TEXT", "[^ ]+", List.of(), false, true),
                        new Field(
                                "password",
                                "Password",
                                null,
                                "PASSWORD",
                                null,
                                List.of(),
                                true,
                                true),
                        new Field("pin", "Pin", null, "PASSWORD", null, List.of(), true, false),
                        new Field(
                                "region",
                                "Region",
                                null,
                                "CHOICE",
                                null,
                                List.of(new Choice("eu", "Europe"), new Choice("us", "America")),
                                false,
                                !sandbox),
                        new Field("mail", "Mail", null, "EMAIL", null, List.of(), false, false),
                        new Field("site", "Site", null, "URL", null, List.of(), false, false)),
                List.of(),
                List.of("SMS"),
                "NO",
                sandbox);
    }
}
