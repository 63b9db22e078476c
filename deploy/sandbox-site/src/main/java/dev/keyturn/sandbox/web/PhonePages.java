package dev.keyturn.sandbox.web;

import dev.keyturn.sandbox.Site;
import dev.keyturn.sandbox.code.AppCodes;
import dev.keyturn.sandbox.phone.Message;
import dev.keyturn.sandbox.users.Factor;
import dev.keyturn.sandbox.users.User;
import dev.keyturn.sandbox.users.Users;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The users' phone: their messages, and what their authenticator app shows. */
final class PhonePages {
    private static final int MOST_TABS = 30;
    private static final int MOST_MESSAGES = 200;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    private final Site site;

    PhonePages(Site site) {
        this.site = site;
    }

    void phone(Exchange exchange) {
        var asked = exchange.query("user").strip();
        var user = asked.isEmpty() ? "ada" : asked;
        var now = exchange.now();
        var messages = messages(user, now);
        exchange.page(
                new Pages.Phone(
                        tabs(user),
                        user,
                        messages.stream().map(message -> entry(message, now)).toList(),
                        Integer.toHexString(seen(messages, now).hashCode())));
    }

    void messages(Exchange exchange) {
        var user = exchange.query("user");
        var now = exchange.now();
        var messages = user.isEmpty() ? everybodys(now) : messages(user, now);
        exchange.response()
                .putHeader("Content-Type", "application/json")
                .end(
                        new JsonArray(messages.stream().map(each -> json(each, now)).toList())
                                .encode());
    }

    private List<Message> everybodys(Instant now) {
        var all = new ArrayList<>(site.phone().newest(MOST_MESSAGES));
        Users.families().stream()
                .flatMap(user -> appCode(user, now).stream())
                .forEach(all::addFirst);
        return all;
    }

    private List<Message> messages(String login, Instant now) {
        var code = Users.find(login).flatMap(user -> appCode(user, now));
        return Stream.concat(code.stream(), site.phone().of(login).stream()).toList();
    }

    /** What the user's app shows, in the form of a message that lives for one step. */
    private Optional<Message> appCode(User user, Instant now) {
        if (user.factor() != Factor.APP_CODE) {
            return Optional.empty();
        }
        long step = AppCodes.stepAt(now);
        var code = site.appCodes().code(user.login(), step);
        return Optional.of(
                new Message(
                        "app-" + user.login() + "-" + step,
                        user.login(),
                        Factor.APP_CODE,
                        AppCodes.endOf(step - 1),
                        "The authenticator app shows " + code + ".",
                        code,
                        AppCodes.endOf(step),
                        step <= site.locks().usedStep(user.login())));
    }

    private List<Pages.Tab> tabs(String current) {
        var users = new LinkedHashSet<String>();
        Users.families().stream()
                .filter(user -> user.factor() != Factor.NONE)
                .forEach(user -> users.add(user.login()));
        users.add(current);
        users.addAll(site.phone().users(MOST_TABS));
        return users.stream().map(user -> tab(user, current)).toList();
    }

    private static Pages.Tab tab(String user, String current) {
        var query = URLEncoder.encode(user, StandardCharsets.UTF_8);
        return new Pages.Tab(user, query, user.equals(current));
    }

    private static Pages.Entry entry(Message message, Instant now) {
        var isApp = message.type() == Factor.APP_CODE;
        var left = Math.ceilDiv(Duration.between(now, message.expiresAt()).toMillis(), 1_000L);
        return new Pages.Entry(
                message.id(),
                kind(message.type()),
                message.at().toString(),
                TIME.format(message.at()),
                message.text(),
                message.code(),
                state(message, now),
                isApp ? Long.toString(left) : "");
    }

    private static String kind(Factor type) {
        return switch (type) {
            case SMS -> "SMS";
            case EMAIL -> "E-mail";
            case APP_CODE -> "Authenticator app";
            case NONE -> "";
        };
    }

    private static String state(Message message, Instant now) {
        if (message.used()) {
            return "used";
        }
        return message.isExpired(now) ? "expired" : "";
    }

    private static List<String> seen(List<Message> messages, Instant now) {
        return messages.stream().map(each -> each.id() + state(each, now)).toList();
    }

    private static JsonObject json(Message message, Instant now) {
        return new JsonObject()
                .put("id", message.id())
                .put("user", message.user())
                .put("type", message.type().name())
                .put("at", message.at().toString())
                .put("text", message.text())
                .put("code", message.code())
                .put("used", message.used())
                .put("expiresAt", message.expiresAt().toString())
                .put("expired", message.isExpired(now));
    }
}
