package dev.keyturn.sandbox.users;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** All users of the site. Those of a family ({@code ada-1} to {@code ada-99999}) are alike. */
public final class Users {
    /** Everybody's. */
    public static final String PASSWORD = "sandbox";

    private static final Pattern NUMBERED = Pattern.compile("([a-z]+)-([1-9][0-9]{0,4})");

    private static final Map<String, Family> FAMILIES =
            inOrder(
                    new Family("ada", Factor.SMS, "gets a code by SMS, or by e-mail if asked for"),
                    new Family("ben", Factor.EMAIL, "gets a code by e-mail"),
                    new Family("cleo", Factor.APP_CODE, "has an authenticator app"),
                    new Family("emil", Factor.NONE, "needs the password only"));

    private static final Map<String, User> LONERS =
            byLogin(
                    loner("nora", Behaviour.PASSWORD_TOO_OLD, "must change the password"),
                    loner("trap-50mb", Behaviour.HUGE_PAGE, "gets statements of 50 MB"),
                    loner("trap-loop", Behaviour.REDIRECT_LOOP, "is redirected for ever"),
                    loner("trap-noform", Behaviour.NO_FORM, "gets a sign-in page without a form"),
                    loner("trap-500", Behaviour.SERVER_ERROR, "gets an error 500"),
                    loner("trap-slow", Behaviour.SLOW_PAGE, "waits long for the statements"),
                    loner("quiet-ok", Behaviour.SLOW_PAGE, "waits long for the statements too"),
                    loner(
                            "quiet-fail",
                            Behaviour.SLOW_REFUSAL,
                            "waits long and then has to sign in again"),
                    loner(
                            "trap-redirect",
                            Behaviour.FORBIDDEN_REDIRECT,
                            "is sent to http://169.254.169.254"),
                    new User(
                            "trap-text",
                            Factor.SMS,
                            Behaviour.NASTY_TEXT,
                            NastyText.in("••42"),
                            "gets texts full of control characters and HTML"));

    private Users() {}

    private record Family(String name, Factor factor, String about) {
        User member(String login, int number) {
            return new User(login, factor, Behaviour.FAIR, destination(number), about, others());
        }

        private List<Way> others() {
            return factor == Factor.SMS ? List.of(new Way(Factor.EMAIL, mail())) : List.of();
        }

        private String mail() {
            return name.charAt(0) + "…@example.org";
        }

        private String destination(int number) {
            return switch (factor) {
                case SMS -> "••%02d".formatted(number % 100);
                case EMAIL -> mail();
                case NONE, APP_CODE -> "";
            };
        }
    }

    /** The user with this login, which is compared letter by letter. */
    public static Optional<User> find(String login) {
        var family = FAMILIES.get(login);
        if (family != null) {
            return Optional.of(family.member(login, 42));
        }
        var loner = LONERS.get(login);
        return loner != null ? Optional.of(loner) : numbered(login);
    }

    /** The first of each family. */
    public static List<User> families() {
        return FAMILIES.values().stream().map(family -> family.member(family.name(), 42)).toList();
    }

    /** Those who are alone of their kind. */
    public static List<User> loners() {
        return List.copyOf(LONERS.values());
    }

    private static Optional<User> numbered(String login) {
        var match = NUMBERED.matcher(login);
        if (!match.matches()) {
            return Optional.empty();
        }
        return Optional.ofNullable(FAMILIES.get(match.group(1)))
                .map(family -> family.member(login, Integer.parseInt(match.group(2))));
    }

    private static User loner(String login, Behaviour behaviour, String about) {
        return new User(login, Factor.NONE, behaviour, "", about);
    }

    private static Map<String, Family> inOrder(Family... families) {
        var byName = new LinkedHashMap<String, Family>();
        for (var family : families) {
            byName.put(family.name(), family);
        }
        return byName;
    }

    private static Map<String, User> byLogin(User... users) {
        var byLogin = new LinkedHashMap<String, User>();
        for (var user : users) {
            byLogin.put(user.login(), user);
        }
        return byLogin;
    }
}
