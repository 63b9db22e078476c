package dev.keyturn.sandbox.users;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsersTest {
    @ParameterizedTest
    @CsvSource({
        "ada, SMS, ••42",
        "ada-7, SMS, ••07",
        "ada-99999, SMS, ••99",
        "ben, EMAIL, b…@example.org",
        "ben-10, EMAIL, b…@example.org",
        "cleo, APP_CODE, ''",
        "cleo-3, APP_CODE, ''",
        "emil, NONE, ''",
        "emil-1, NONE, ''",
    })
    void familyHasItsFactor(String login, Factor factor, String destination) {
        assertThat(Users.find(login))
                .get()
                .extracting(User::login, User::factor, User::behaviour, User::destination)
                .containsExactly(login, factor, Behaviour.FAIR, destination);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Ada",
                "ada-",
                "ada-0",
                "ada-01",
                "ada-100000",
                "ada-x",
                "ada -1",
                "nora-1",
                "trap-500-1",
                "adam",
                "ada\n"
            })
    void othersAreUnknown(String login) {
        assertThat(Users.find(login)).isEmpty();
    }

    @Test
    void everybodyOnTheListCanSignIn() {
        assertThat(Users.families()).hasSize(4);
        assertThat(Users.loners()).hasSize(10);
        assertThat(Users.families()).allSatisfy(UsersTest::isFound);
        assertThat(Users.loners()).allSatisfy(UsersTest::isFound);
    }

    private static void isFound(User user) {
        assertThat(Users.find(user.login())).contains(user);
    }
}
