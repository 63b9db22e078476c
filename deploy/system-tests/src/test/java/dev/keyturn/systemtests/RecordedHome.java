package dev.keyturn.systemtests;

import dev.keyturn.local.infra.PrivateFiles;
import dev.keyturn.local.stack.Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Home for one of its users, by plain HTTP; remembers every byte that it answers. */
final class RecordedHome implements AutoCloseable {

    private static final String JSON = "application/json";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Settings settings;
    private final String user;
    private final List<Answer> answers = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream stream = new ByteArrayOutputStream();
    private final AtomicReference<@Nullable InputStream> open = new AtomicReference<>();

    /**
     * What was answered.
     *
     * @param to the method and the address as far as it may be shown
     * @param text headers and body
     */
    record Answer(String to, int status, String text, String body) {}

    RecordedHome(Settings settings, String user) {
        this.settings = settings;
        this.user = user;
    }

    Answer get(String path) {
        return send("GET", path, JSON, "");
    }

    Answer post(String path, String body) {
        return send("POST", path, JSON, body);
    }

    Answer send(String method, String path, String contentType, String body) {
        HttpRequest request =
                request(path)
                        .header("Content-Type", contentType)
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build();
        try {
            HttpResponse<String> response =
                    http.send(request, HttpResponse.BodyHandlers.ofString());
            Answer answer =
                    new Answer(
                            method + " " + request.uri().getPath(),
                            response.statusCode(),
                            response.headers().map() + "\n" + response.body(),
                            response.body());
            answers.add(answer);
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Follows the stream of changes from now on. */
    void follow() throws IOException, InterruptedException {
        HttpResponse<InputStream> response =
                http.send(
                        request("/api/stream").header("Accept", "text/event-stream").build(),
                        HttpResponse.BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
            throw new IllegalStateException("Home's stream answered " + response.statusCode());
        }
        open.set(response.body());
        Thread _ = Thread.ofVirtual().start(() -> read(response.body()));
    }

    private void read(InputStream in) {
        byte[] some = new byte[8192];
        try {
            for (int n = in.read(some); n >= 0; n = in.read(some)) {
                synchronized (stream) {
                    stream.write(some, 0, n);
                }
            }
        } catch (IOException _) {
            // It was closed here: what had come until then is there.
        }
    }

    private HttpRequest.Builder request(String path) {
        String token = PrivateFiles.read(settings.home().launcherToken()).strip();
        return HttpRequest.newBuilder(URI.create(settings.homeUrl() + path))
                .header("Authorization", "Bearer " + token)
                .header("Keyturn-User", user);
    }

    List<Answer> answers() {
        return List.copyOf(answers);
    }

    /** What the stream said so far. */
    String streamed() {
        synchronized (stream) {
            return stream.toString(StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() throws IOException {
        InputStream in = open.get();
        if (in != null) {
            in.close();
        }
        http.shutdownNow();
    }
}
