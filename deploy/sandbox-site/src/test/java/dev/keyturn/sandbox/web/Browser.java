package dev.keyturn.sandbox.web;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** A visitor with cookies who fills forms as they stand and follows no redirect by itself. */
final class Browser {
    /** An answer, and the page in it if it is one. */
    record Page(HttpResponse<String> response) {
        int status() {
            return response.statusCode();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        String location() {
            return header("Location");
        }

        Document html() {
            return Jsoup.parse(response.body());
        }

        /** The page's own name for itself. */
        String name() {
            return html().body().attr("data-page");
        }

        String error() {
            return html().select(".error").text();
        }

        Element one(String selector) {
            return html().expectFirst(selector);
        }

        boolean has(String selector) {
            return html().selectFirst(selector) != null;
        }
    }

    private final String site;
    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .cookieHandler(cookies)
                    .followRedirects(Redirect.NEVER)
                    .build();

    Browser(String site) {
        this.site = site.replaceAll("/$", "");
    }

    Page get(String path) {
        return new Page(get(path, BodyHandlers.ofString()));
    }

    <T> HttpResponse<T> get(String path, BodyHandler<T> body) {
        return send(HttpRequest.newBuilder(URI.create(site + path)).build(), body);
    }

    /** With a cookie that the browser was not given. */
    Page getWith(String path, String cookie) {
        var request =
                HttpRequest.newBuilder(URI.create(site + path)).header("Cookie", cookie).build();
        return new Page(send(request, BodyHandlers.ofString()));
    }

    Page post(String path, Map<String, String> fields) {
        var request =
                HttpRequest.newBuilder(URI.create(site + path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(encode(fields)))
                        .build();
        return new Page(send(request, BodyHandlers.ofString()));
    }

    /** Sends a form of the page with all its fields, some of them filled. */
    Page submit(Page page, String form, Map<String, String> filled) {
        var fields =
                page.one(form).select("input[name]").stream()
                        .collect(
                                Collectors.toMap(
                                        input -> input.attr("name"), input -> input.attr("value")));
        fields.putAll(filled);
        return post(page.one(form).attr("action"), fields);
    }

    Page signIn(String login) {
        return signIn(login, "sandbox");
    }

    Page signIn(String login, String password) {
        return submit(
                get("/sign-in"), "form#sign-in", Map.of("login", login, "password", password));
    }

    /** From the password to the page of the code, which has been sent then. */
    Page askForCode(String login) {
        signIn(login);
        submit(get("/verify"), "form#send", Map.of());
        return get("/code");
    }

    Page type(String code) {
        return submit(get("/code"), "form#code", Map.of("code", code));
    }

    List<JsonObject> messages(String user) {
        return objects("/phone/messages?user=" + user);
    }

    List<JsonObject> log(String user) {
        return objects("/log?user=" + user);
    }

    List<JsonObject> objects(String path) {
        return new JsonArray(get(path).response().body())
                .stream().map(JsonObject.class::cast).toList();
    }

    String newestCode(String user) {
        return messages(user).getFirst().getString("code");
    }

    HttpCookie cookie(String name) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no cookie " + name));
    }

    void forget(String name) {
        var store = cookies.getCookieStore();
        List.copyOf(store.getCookies()).stream()
                .filter(cookie -> cookie.getName().equals(name))
                .forEach(cookie -> store.remove(null, cookie));
    }

    void forward(String by) {
        post("/test/clock?forward=" + by, Map.of());
    }

    private <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> body) {
        try {
            return client.send(request, body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String encode(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
