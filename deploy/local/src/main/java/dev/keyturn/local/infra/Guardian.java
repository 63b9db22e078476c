package dev.keyturn.local.infra;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A small process that ends what we started when we are gone, however that happened: it reads its
 * orders from us and carries them out when the pipe closes, which the system does even for a killed
 * JVM.
 */
public final class Guardian implements AutoCloseable {

    private static final String SCRIPT =
            """
            pids=; folder=
            while read -r what value; do
              case $what in
                pid) pids="$pids $value" ;;
                ended) left=; for p in $pids; do [ "$p" = "$value" ] || left="$left $p"; done; pids=$left ;;
                folder) folder=$value ;;
              esac
            done
            [ -z "$pids" ] || kill -9 $pids 2>/dev/null
            [ -z "$folder" ] || { rm -rf "$folder" 2>/dev/null || { sleep 1; rm -rf "$folder"; }; }
            """;

    private final Process process;
    private final Writer orders;

    private Guardian(Process process) {
        this.process = process;
        this.orders = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
    }

    public static Guardian start() {
        List<String> command = new ArrayList<>(Detached.ownSession());
        command.addAll(List.of("/bin/sh", "-c", SCRIPT));
        try {
            return new Guardian(
                    new ProcessBuilder(command)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start());
        } catch (IOException e) {
            throw new StackFailure("Could not start /bin/sh", e);
        }
    }

    public void endWithUs(ProcessHandle child) {
        order("pid " + child.pid());
    }

    /** It has ended by itself: somebody else may get its id. */
    public void hasEnded(ProcessHandle child) {
        order("ended " + child.pid());
    }

    void deleteWithUs(Path folder) {
        order("folder " + folder);
    }

    private synchronized void order(String line) {
        try {
            orders.write(line + "\n");
            orders.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Carries the orders out now. */
    @Override
    public void close() {
        try {
            orders.close();
            process.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackFailure("Interrupted while stopping", e);
        }
    }
}
