package dev.keyturn.sandbox;

import dev.keyturn.sandbox.audit.SiteLog;
import dev.keyturn.sandbox.code.AppCodes;
import dev.keyturn.sandbox.code.Codes;
import dev.keyturn.sandbox.phone.Phone;
import dev.keyturn.sandbox.signin.Locks;
import dev.keyturn.sandbox.signin.Rules;
import dev.keyturn.sandbox.signin.Sessions;
import dev.keyturn.sandbox.signin.SignIns;
import dev.keyturn.sandbox.state.SiteState;
import dev.keyturn.sandbox.state.StateFile;
import dev.keyturn.sandbox.web.Csrf;
import dev.keyturn.sandbox.web.Tokens;
import io.quarkus.arc.DefaultBean;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/** The site's parts, put together, and what they keep in the file. */
@Singleton
public final class Site {
    private final SiteClock clock;
    private final SiteLog log;
    private final Phone phone = new Phone();
    private final AppCodes appCodes = new AppCodes();
    private final Locks locks;
    private final Sessions sessions;
    private final SignIns signIns;
    private final Csrf csrf = new Csrf(Tokens.next());
    private final StateFile file;

    Site(SandboxConfig config, Clock systemClock, Codes codes) {
        check("code-life", config.codeLife(), Duration.ofSeconds(1), Duration.ofHours(1));
        check("resend-after", config.resendAfter(), Duration.ZERO, Duration.ofHours(1));
        check("wrong-codes", config.wrongCodes(), 1, 1_000);
        check("lock", config.lock(), Duration.ofSeconds(1), Duration.ofDays(1));
        check("sign-in-life", config.signInLife(), Duration.ofSeconds(1), Duration.ofDays(1));
        check("session-life", config.sessionLife(), Duration.ofSeconds(1), Duration.ofDays(400));
        check("slow", config.slow(), Duration.ZERO, Duration.ofMinutes(10));
        check("log-size", config.logSize(), 1, 1_000_000);
        var rules =
                new Rules(
                        config.codeLife(),
                        config.resendAfter(),
                        config.wrongCodes(),
                        config.lock(),
                        config.signInLife());
        clock = new SiteClock(systemClock);
        log = new SiteLog(config.logSize());
        locks = new Locks(rules);
        sessions = new Sessions(config.sessionLife());
        signIns = new SignIns(rules, codes, appCodes, phone, locks, log);
        file = StateFile.in(config.data(), this::state);
    }

    void onStart(@Observes StartupEvent start) {
        file.read().ifPresent(this::restore);
        file.changed();
    }

    void onStop(@Observes ShutdownEvent stop) {
        file.close();
    }

    public SiteClock clock() {
        return clock;
    }

    public SiteLog log() {
        return log;
    }

    public Phone phone() {
        return phone;
    }

    public AppCodes appCodes() {
        return appCodes;
    }

    public Locks locks() {
        return locks;
    }

    public Sessions sessions() {
        return sessions;
    }

    public SignIns signIns() {
        return signIns;
    }

    public Csrf csrf() {
        return csrf;
    }

    /** Something may have changed that is kept in the file. */
    public void changed() {
        file.changed();
    }

    private SiteState state() {
        return new SiteState(csrf.key(), sessions.all(clock.now()), locks.all());
    }

    private void restore(SiteState state) {
        csrf.use(state.csrfKey());
        sessions.restore(state.sessions());
        locks.restore(state.locks());
    }

    private static <T extends Comparable<T>> void check(String key, T value, T least, T most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new ConfigurationException(
                    "keyturn.sandbox.%s=%s: must be between %s and %s"
                            .formatted(key, value, least, most));
        }
    }

    /** What the site is given unless somebody, a test say, brings its own. */
    static final class Defaults {
        @Produces
        @DefaultBean
        @Singleton
        Clock clock() {
            return Clock.systemUTC();
        }

        @Produces
        @DefaultBean
        @Singleton
        Codes codes() {
            return Tokens::digits;
        }
    }
}
