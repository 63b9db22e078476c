package dev.keyturn.sandbox.statements;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyturn.sandbox.users.Users;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openpdf.text.pdf.PdfReader;
import org.openpdf.text.pdf.parser.PdfTextExtractor;

class StatementPdfTest {
    @Test
    void saysWhoseItIsAndThatItIsATest() throws IOException {
        assertThat(text(first("ada")))
                .contains("Statement of January 2026", "Account of ada", "test", "2026-01-03");
    }

    @Test
    void isTheSameEachTime() {
        assertThat(StatementPdf.of(first("ada"))).isEqualTo(StatementPdf.of(first("ada")));
    }

    @Test
    void isAnotherForEachMonthAndUser() {
        var files = Statement.of(Users.find("ada").orElseThrow()).stream().map(StatementPdf::of);

        assertThat(files).doesNotHaveDuplicates().hasSize(3);
        assertThat(StatementPdf.of(first("ada"))).isNotEqualTo(StatementPdf.of(first("ada-1")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"trap-text", "emil", "cleo-99999"})
    void canBeReadForEveryUser(String login) throws IOException {
        assertThat(text(first(login))).contains("Account of " + login);
    }

    private static Statement first(String login) {
        return Statement.of(Users.find(login).orElseThrow()).getFirst();
    }

    private static String text(Statement statement) throws IOException {
        try (var reader = new PdfReader(StatementPdf.of(statement))) {
            return new PdfTextExtractor(reader).getTextFromPage(1);
        }
    }
}
