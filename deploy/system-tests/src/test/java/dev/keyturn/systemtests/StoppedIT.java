package dev.keyturn.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Services die while people are asked and answer. */
@InTheWorld
class StoppedIT {

    private static World world;

    @BeforeAll
    static void start() {
        world = World.withoutKeycloak();
    }

    @AfterEach
    void everythingRuns() {
        world.up();
    }

    @Test
    @ResourceLock(value = World.IS_UP, mode = ResourceAccessMode.READ_WRITE)
    void aCodeThatNobodyDecidedAboutBeforeTheyDiedIsDecidedAndThePageGoesOn() {
        Person person = world.person("killed");
        try (BrowserContext browser = world.chromium().newPerson()) {
            HomePage page = HomePage.signIn(browser, person.loginLink());
            UUID run = person.run(person.addSandbox("ada-799"));
            page.awaitPopup();
            String code = world.sandboxSite().code("ada-799");

            world.kill("twofa");
            page.answer(code);
            page.awaitMessage("Still sending. Your code is not lost.");
            world.kill("home");
            page.awaitConnection("lost");
            world.up();

            page.awaitConnection("live");
            page.awaitStatus("ada-799", "CONNECTED");
            page.awaitNoPopup();
            assertThat(person.end(run).state()).isEqualTo("DONE");
            assertThat(person.events(run))
                    .containsOnlyOnce("TwoFaRequested")
                    .containsOnlyOnce("TwoFaAnswered")
                    .doesNotContain("TwoFaCodeTurnedAway");
            assertThat(world.sandboxSite().logged("ada-799", "CODE")).isEqualTo(1);
        }
    }
}
