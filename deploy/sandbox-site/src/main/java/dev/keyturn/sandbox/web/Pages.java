package dev.keyturn.sandbox.web;

import dev.keyturn.sandbox.users.User;
import io.quarkus.qute.TemplateInstance;
import java.util.List;

/** What each page shows. */
final class Pages {
    private Pages() {}

    /** Somebody's link to click on; {@code name} is shown. */
    public record Link(String href, String name) {}

    /**
     * A tab of the phone.
     *
     * @param query the user as part of an address
     */
    public record Tab(String user, String query, boolean current) {}

    /**
     * A message of the phone.
     *
     * @param at when, for machines
     * @param time when, for people
     * @param state used, expired or empty
     * @param secondsLeft of an authenticator's code; empty for what was sent
     */
    public record Entry(
            String id,
            String type,
            String at,
            String time,
            String text,
            String code,
            String state,
            String secondsLeft) {}

    record Home(List<User> families, List<User> loners, String password)
            implements TemplateInstance {}

    record SignIn(String csrf, String next, String login, String error, boolean form)
            implements TemplateInstance {}

    record Verify(String csrf, String type, String destination) implements TemplateInstance {}

    /** Another way to get the code; {@code type} is the factor. */
    public record OtherWay(String type, String destination) {}

    /**
     * @param until when it is too late
     * @param resendFrom empty when nothing is sent
     */
    record Code(
            String csrf,
            String type,
            int digits,
            String prompt,
            String destination,
            String error,
            String until,
            String resendFrom,
            List<OtherWay> others)
            implements TemplateInstance {}

    record Locked(String error, String until) implements TemplateInstance {}

    record ChangePassword(String login) implements TemplateInstance {}

    record Statements(String login, List<Link> statements) implements TemplateInstance {}

    /**
     * @param seen changes when there is something new to read
     */
    record Phone(List<Tab> tabs, String user, List<Entry> entries, String seen)
            implements TemplateInstance {}

    record Trouble(int status, String error) implements TemplateInstance {}
}
