package dev.keyturn.sandbox.signin;

import dev.keyturn.sandbox.audit.SiteLog;
import dev.keyturn.sandbox.audit.SiteLog.Kind;
import dev.keyturn.sandbox.code.AppCodes;
import dev.keyturn.sandbox.code.Codes;
import dev.keyturn.sandbox.phone.Message;
import dev.keyturn.sandbox.phone.Phone;
import dev.keyturn.sandbox.signin.Step.Problem;
import dev.keyturn.sandbox.users.Factor;
import dev.keyturn.sandbox.users.User;
import dev.keyturn.sandbox.users.Users;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * All sign-ins under way, one for each visit (a browser, known by its cookie). Every call says what
 * the visitor is to see next. Safe for use by many threads.
 */
public final class SignIns {
    private final Rules rules;
    private final Codes codes;
    private final AppCodes appCodes;
    private final Phone phone;
    private final Locks locks;
    private final SiteLog log;
    private final AtomicLong messages = new AtomicLong();

    /** Oldest first. */
    private final LinkedHashMap<String, Pending> byVisit = new LinkedHashMap<>();

    public SignIns(
            Rules rules, Codes codes, AppCodes appCodes, Phone phone, Locks locks, SiteLog log) {
        this.rules = rules;
        this.codes = codes;
        this.appCodes = appCodes;
        this.phone = phone;
        this.locks = locks;
        this.log = log;
    }

    /** Where the visit stands; changes nothing. */
    public synchronized Step look(String visit, Instant now) {
        var pending = current(visit, now);
        return pending == null ? new Step.StartAgain() : show(pending, Optional.empty(), now);
    }

    /** A login and a password came. What the visit had begun before is dropped. */
    public synchronized Step password(
            String visit, String login, String password, String next, Instant now) {
        abandon(visit, now);
        var user = Users.find(login);
        if (user.isPresent()) {
            var locked = locked(user.get(), now);
            if (locked.isPresent()) {
                log.add(now, Kind.SIGN_IN, login, false, "locked");
                return locked.get();
            }
        }
        if (user.isEmpty() || !Users.PASSWORD.equals(password)) {
            log.add(now, Kind.SIGN_IN, login, false, "wrong login or password");
            return new Step.WrongPassword(login, next);
        }
        return begin(visit, user.get(), next, now);
    }

    /** The visitor asks for the message. It is sent once, however often this is called. */
    public synchronized Step send(String visit, Instant now) {
        var pending = current(visit, now);
        if (pending instanceof Pending.Unsent unsent && locked(unsent.user(), now).isEmpty()) {
            byVisit.put(
                    visit,
                    unsent.toSent(
                            message(unsent.user(), unsent.user().factor(), now), resendFrom(now)));
        }
        return look(visit, now);
    }

    /** The visitor asks for another message; the code of the one before is worthless then. */
    public synchronized Step resend(String visit, Instant now) {
        var pending = current(visit, now);
        if (pending instanceof Pending.Sent sent && locked(sent.user(), now).isEmpty()) {
            if (now.isBefore(sent.resendFrom())) {
                return show(sent, Optional.of(Problem.TOO_SOON), now);
            }
            sendAnew(visit, sent, sent.message().type(), now);
        }
        return look(visit, now);
    }

    /** The visitor wants the code another way; that of the message before is worthless then. */
    public synchronized Step method(String visit, String factor, Instant now) {
        if (current(visit, now) instanceof Pending.Sent sent
                && locked(sent.user(), now).isEmpty()) {
            sent.user().ways().stream()
                    .filter(way -> way.factor().name().equals(factor))
                    .filter(way -> way.factor() != sent.message().type())
                    .findFirst()
                    .ifPresent(way -> sendAnew(visit, sent, way.factor(), now));
        }
        return look(visit, now);
    }

    private void sendAnew(String visit, Pending.Sent sent, Factor by, Instant now) {
        phone.withdraw(sent.message(), now);
        byVisit.put(visit, sent.toResent(message(sent.user(), by, now), resendFrom(now)));
    }

    /** A code came. */
    public synchronized Step code(String visit, String typed, Instant now) {
        var pending = current(visit, now);
        if (pending == null) {
            log.add(now, Kind.CODE, null, false, typed);
            return new Step.StartAgain();
        }
        if (locked(pending.user(), now).isPresent()) {
            log.add(now, Kind.CODE, pending.user().login(), false, typed);
            return show(pending, Optional.empty(), now);
        }
        return switch (pending) {
            case Pending.Sent sent -> judge(visit, sent, typed, now);
            case Pending.AppCodeWanted wanted -> judge(visit, wanted, typed, now);
            case Pending.Unsent _, Pending.PasswordTooOld _, Pending.Spent _ -> {
                log.add(now, Kind.CODE, pending.user().login(), false, typed);
                yield show(pending, Optional.empty(), now);
            }
        };
    }

    /** Who has begun to sign in on this visit. */
    public synchronized Optional<User> user(String visit, Instant now) {
        return Optional.ofNullable(current(visit, now)).map(Pending::user);
    }

    public synchronized void clear() {
        byVisit.clear();
    }

    private Step begin(String visit, User user, String next, Instant now) {
        log.add(now, Kind.SIGN_IN, user.login(), true, "password right");
        return switch (user.behaviour()) {
            case NO_FORM, SERVER_ERROR, FORBIDDEN_REDIRECT -> new Step.Trap(user);
            case PASSWORD_TOO_OLD -> keep(visit, new Pending.PasswordTooOld(user, next, now), now);
            case FAIR, HUGE_PAGE, REDIRECT_LOOP, SLOW_PAGE, SLOW_REFUSAL, NASTY_TEXT ->
                    switch (user.factor()) {
                        case NONE -> new Step.SignedIn(user, next);
                        case SMS, EMAIL -> keep(visit, new Pending.Unsent(user, next, now), now);
                        case APP_CODE ->
                                keep(visit, new Pending.AppCodeWanted(user, next, now), now);
                    };
        };
    }

    private Step judge(String visit, Pending.Sent sent, String typed, Instant now) {
        if (!sent.message().code().equals(typed)) {
            return wrong(visit, sent, typed, now);
        }
        if (sent.message().isExpired(now)) {
            log.add(now, Kind.CODE, sent.user().login(), false, typed);
            return show(sent, Optional.of(Problem.EXPIRED_CODE), now);
        }
        phone.use(sent.message());
        return accept(visit, sent, typed, now);
    }

    private Step judge(String visit, Pending.AppCodeWanted wanted, String typed, Instant now) {
        var login = wanted.user().login();
        var step = appCodes.stepOf(login, typed, now);
        if (step.isEmpty() || step.getAsLong() <= locks.usedStep(login)) {
            return wrong(visit, wanted, typed, now);
        }
        locks.useStep(login, step.getAsLong());
        return accept(visit, wanted, typed, now);
    }

    private Step accept(String visit, Pending pending, String typed, Instant now) {
        log.add(now, Kind.CODE, pending.user().login(), true, typed);
        locks.forgive(pending.user().login());
        byVisit.remove(visit);
        return new Step.SignedIn(pending.user(), pending.next());
    }

    private Step wrong(String visit, Pending pending, String typed, Instant now) {
        var user = pending.user();
        log.add(now, Kind.CODE, user.login(), false, typed);
        var until = locks.wrongCode(user.login(), now);
        if (until.isEmpty()) {
            return show(pending, Optional.of(Problem.WRONG_CODE), now);
        }
        log.add(now, Kind.LOCK, user.login(), false, "until " + until.get());
        abandon(visit, now);
        byVisit.put(visit, new Pending.Spent(user, pending.next(), now));
        return new Step.Locked(user, until.get());
    }

    private Step show(Pending pending, Optional<Problem> problem, Instant now) {
        var user = pending.user();
        var locked = locked(user, now);
        if (locked.isPresent()) {
            return locked.get();
        }
        return switch (pending) {
            case Pending.Unsent _ -> new Step.AskForCode(user);
            case Pending.Sent sent ->
                    new Step.EnterCode(
                            user,
                            sent.message().type(),
                            Optional.of(sent.resendFrom()),
                            sent.message().expiresAt(),
                            problem);
            case Pending.AppCodeWanted wanted ->
                    new Step.EnterCode(
                            user,
                            user.factor(),
                            Optional.empty(),
                            wanted.since().plus(rules.signInLife()),
                            problem);
            case Pending.PasswordTooOld _ -> new Step.ChangePassword(user);
            case Pending.Spent _ -> new Step.StartAgain();
        };
    }

    private Optional<Step> locked(User user, Instant now) {
        return locks.lockedUntil(user.login(), now).map(until -> new Step.Locked(user, until));
    }

    private Step keep(String visit, Pending pending, Instant now) {
        dropOutdated(now);
        byVisit.put(visit, pending);
        return show(pending, Optional.empty(), now);
    }

    private @Nullable Pending current(String visit, Instant now) {
        var pending = byVisit.get(visit);
        return pending == null || isOutdated(pending, now) ? null : pending;
    }

    private void abandon(String visit, Instant now) {
        if (byVisit.remove(visit) instanceof Pending.Sent sent) {
            phone.withdraw(sent.message(), now);
        }
    }

    private void dropOutdated(Instant now) {
        var eldest = byVisit.firstEntry();
        while (eldest != null && isOutdated(eldest.getValue(), now)) {
            byVisit.pollFirstEntry();
            eldest = byVisit.firstEntry();
        }
    }

    private boolean isOutdated(Pending pending, Instant now) {
        return !now.isBefore(pending.since().plus(rules.signInLife()));
    }

    private Instant resendFrom(Instant now) {
        return now.plus(rules.resendAfter());
    }

    private Message message(User user, Factor by, Instant now) {
        var code = codes.next();
        var text =
                "Sandbox site (a test site): %s is your code. It is good for %s."
                        .formatted(code, words(rules.codeLife()));
        var id = now.toEpochMilli() + "-" + messages.incrementAndGet();
        var message =
                new Message(
                        id, user.login(), by, now, text, code, now.plus(rules.codeLife()), false);
        phone.receive(message);
        log.add(now, Kind.MESSAGE, user.login(), true, by + ": " + text);
        return message;
    }

    private static String words(Duration life) {
        return life.toSecondsPart() == 0
                ? life.toMinutes() + " minutes"
                : life.toSeconds() + " seconds";
    }
}
