package dev.keyturn.local.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyturn.local.api.Challenge.Rejected;
import dev.keyturn.local.api.Run;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WordsTest {

    @Test
    void theDetailsOfAFailureAreNotPutIntoTheSitesMouth() {
        String words = "The answer of http://localhost:7701/huge is larger than 100 bytes.";
        assertThat(Words.failure(failed("UNKNOWN_ERROR", words)))
                .isEqualTo("The connector failed. Details: " + words + " (UNKNOWN_ERROR)");
    }

    @Test
    void whatTheSiteSaidAboutACodeIsTheSites() {
        assertThat(Words.refused(new Rejected("SITE", null, "Wrong!")))
                .endsWith("The site says: Wrong!");
        assertThat(Words.refused(new Rejected("WORKER", null, "Wrong!")))
                .endsWith("Details: Wrong!");
    }

    private static Run failed(String reason, String words) {
        return new Run(
                UUID.randomUUID(),
                UUID.randomUUID(),
                "sandbox",
                null,
                "MANUAL",
                "FAILED",
                null,
                null,
                reason,
                words,
                null,
                null,
                0,
                null);
    }
}
