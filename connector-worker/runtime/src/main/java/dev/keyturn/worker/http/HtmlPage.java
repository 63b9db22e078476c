package dev.keyturn.worker.http;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keyturn.sdk.ConnectorFailure;
import dev.keyturn.sdk.Form;
import dev.keyturn.sdk.FormValue;
import dev.keyturn.sdk.Link;
import dev.keyturn.sdk.Page;
import dev.keyturn.sdk.Reason;
import dev.keyturn.sdk.ShownAddress;
import dev.keyturn.wire.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.FormElement;
import org.jspecify.annotations.Nullable;

/** An answer of the site, read as HTML by jsoup or as JSON by Jackson when it is asked for. */
public final class HtmlPage implements Page {

    private static final ObjectMapper JSON = new ObjectMapper(Json.factory());
    private static final Pattern CHARSET =
            Pattern.compile("(?i)charset\\s*=\\s*[\"']?([^\\s;\"']+)");
    private static final Set<String> BUTTONS = Set.of("submit", "image", "button", "reset");

    private final URI address;
    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;
    private final Html html;
    private @Nullable JsonNode json;

    /**
     * A page.
     *
     * @param headers the first of each name
     */
    HtmlPage(URI address, int status, Map<String, String> headers, byte[] body) {
        this.address = address;
        this.status = status;
        this.headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        this.headers.putAll(headers);
        this.body = body;
        this.html = new Html(this::parse);
    }

    @Override
    public URI address() {
        return address;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    @Override
    public Optional<URI> location() {
        return header("location").flatMap(location -> Addresses.resolve(address, location));
    }

    @Override
    public byte[] bytes() {
        return body.clone();
    }

    @Override
    public String body() {
        return new String(body, charset().orElse(StandardCharsets.UTF_8));
    }

    @Override
    public boolean has(String css) {
        return html.look(page -> page.selectFirst(css) != null);
    }

    @Override
    public String text(String css) {
        return html.look(
                page -> {
                    Element found = page.selectFirst(css);
                    return found == null ? "" : found.text();
                });
    }

    @Override
    public List<String> texts(String css) {
        return html.look(page -> page.select(css).eachText());
    }

    @Override
    public Optional<String> attr(String css, String attribute) {
        return html.look(
                page -> {
                    Element found = page.selectFirst(css);
                    return found != null && found.hasAttr(attribute)
                            ? Optional.of(found.attr(attribute))
                            : Optional.empty();
                });
    }

    @Override
    public List<String> attrs(String css, String attribute) {
        return html.look(page -> page.select(css).eachAttr(attribute));
    }

    @Override
    public List<Link> links(String css) {
        return html.look(
                page -> {
                    URI base = base(page);
                    List<Link> links = new ArrayList<>();
                    for (Element link : page.select(css)) {
                        if (link.hasAttr("href")) {
                            absolute(base, link.attr("href"))
                                    .ifPresent(to -> links.add(new Link(link.text(), to)));
                        }
                    }
                    return links;
                });
    }

    @Override
    public Form form(String css) {
        List<Form> found = forms(css);
        if (found.isEmpty()) {
            throw ConnectorFailure.of(
                    Reason.UNKNOWN_ERROR,
                    "There is no form %s on the page %s (status %d)."
                            .formatted(css, ShownAddress.of(address), status));
        }
        return found.getFirst();
    }

    @Override
    public List<Form> forms(String css) {
        return html.look(
                page -> {
                    URI base = base(page);
                    return page.select(css).stream()
                            .filter(FormElement.class::isInstance)
                            .map(FormElement.class::cast)
                            .map(element -> toForm(css, element, base))
                            .toList();
                });
    }

    private Form toForm(String css, FormElement form, URI base) {
        String method = form.attr("method").equalsIgnoreCase("post") ? "POST" : "GET";
        if (method.equals("POST")
                && form.attr("enctype").toLowerCase(Locale.ROOT).startsWith("multipart/")) {
            throw ConnectorFailure.of(
                    Reason.UNKNOWN_ERROR,
                    "The form %s on the page %s wants files, which a session cannot send."
                            .formatted(css, ShownAddress.of(address)));
        }
        URI action =
                absolute(base, form.attr("action"))
                        .orElseThrow(
                                () ->
                                        ConnectorFailure.of(
                                                Reason.UNKNOWN_ERROR,
                                                "The form %s on the page %s goes to no address."
                                                        .formatted(css, ShownAddress.of(address))));
        return new Form(css, address, action, method, values(form), inputs(form), buttons(form));
    }

    // Not jsoup's formData: it sends every submit button, a browser only the one that was pressed.
    private static List<FormValue> values(FormElement form) {
        List<FormValue> values = new ArrayList<>();
        for (Element element : form.elements()) {
            String name = element.attr("name");
            if (!name.isEmpty() && !isDisabled(element) && !isButton(element)) {
                sent(element).forEach(value -> values.add(new FormValue(name, value)));
            }
        }
        return values;
    }

    private static List<String> sent(Element element) {
        return switch (element.normalName()) {
            case "select" -> chosen(element);
            case "textarea" -> List.of(element.wholeText().replaceFirst("^\\R", ""));
            case "input" -> typed(element);
            default -> List.of();
        };
    }

    private static List<String> typed(Element input) {
        return switch (input.attr("type").toLowerCase(Locale.ROOT)) {
            case "checkbox", "radio" -> {
                String value = input.hasAttr("value") ? input.attr("value") : "on";
                yield input.hasAttr("checked") ? List.of(value) : List.of();
            }
            case "file" -> List.of();
            default -> List.of(input.attr("value"));
        };
    }

    private static List<String> chosen(Element select) {
        List<String> chosen = select.select("option[selected]").stream().map(Element::val).toList();
        if (!chosen.isEmpty() || select.hasAttr("multiple")) {
            return chosen;
        }
        Element first = select.selectFirst("option:not([disabled])");
        return first == null ? List.of() : List.of(first.val());
    }

    private static boolean isDisabled(Element element) {
        return element.hasAttr("disabled") || element.closest("fieldset[disabled]") != null;
    }

    private static Set<String> inputs(FormElement form) {
        return names(form, element -> !isButton(element));
    }

    private static List<FormValue> buttons(FormElement form) {
        return form.elements().stream()
                .filter(HtmlPage::isButton)
                .filter(button -> !button.attr("name").isEmpty())
                .map(button -> new FormValue(button.attr("name"), button.attr("value")))
                .toList();
    }

    private static Set<String> names(FormElement form, Predicate<Element> which) {
        Set<String> names = new LinkedHashSet<>();
        for (Element element : form.elements()) {
            String name = element.attr("name");
            if (!name.isEmpty() && !isDisabled(element) && which.test(element)) {
                names.add(name);
            }
        }
        return names;
    }

    private static boolean isButton(Element element) {
        return element.normalName().equals("button")
                || (element.normalName().equals("input")
                        && BUTTONS.contains(element.attr("type").toLowerCase(Locale.ROOT)));
    }

    @Override
    public Optional<String> json(String pointer) {
        JsonNode node = json().at(JsonPointer.compile(pointer));
        if (node.isMissingNode() || node.isNull()) {
            return Optional.empty();
        }
        return Optional.of(node.isValueNode() ? node.asText() : node.toString());
    }

    @Override
    public int jsonSize(String pointer) {
        JsonNode node = json().at(JsonPointer.compile(pointer));
        return node.isArray() ? node.size() : 0;
    }

    private JsonNode json() {
        if (json == null) {
            try {
                json = JSON.readTree(body);
            } catch (JacksonException _) {
                throw noJson(); // its message would quote the body
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            if (json.isMissingNode()) {
                throw noJson();
            }
        }
        return json;
    }

    private ConnectorFailure noJson() {
        return ConnectorFailure.of(
                Reason.UNKNOWN_ERROR,
                "The answer of %s (status %d, %s) is not JSON."
                        .formatted(
                                ShownAddress.of(address),
                                status,
                                header("content-type").orElse("no content type")));
    }

    private boolean isHtml() {
        String type = header("content-type").orElse("text/html").toLowerCase(Locale.ROOT);
        return type.startsWith("text/html") || type.startsWith("application/xhtml");
    }

    private Document parse() {
        if (!isHtml()) {
            return Document.createShell(address.toString());
        }
        try {
            return Jsoup.parse(
                    new ByteArrayInputStream(body),
                    charset().map(Charset::name).orElse(null),
                    address.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<Charset> charset() {
        Matcher named = CHARSET.matcher(header("content-type").orElse(""));
        if (!named.find()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Charset.forName(named.group(1)));
        } catch (IllegalArgumentException _) {
            return Optional.empty(); // a name that nobody knows is as good as none
        }
    }

    private Optional<URI> absolute(URI base, String reference) {
        return Addresses.resolve(reference.isEmpty() ? address : base, reference);
    }

    /** What links and forms are relative to. */
    private URI base(Document page) {
        Element base = page.selectFirst("base[href]");
        return base == null
                ? address
                : Addresses.resolve(address, base.attr("href")).orElse(address);
    }

    @Override
    public String toString() {
        return "Page[" + status + " " + ShownAddress.of(address) + "]";
    }
}
