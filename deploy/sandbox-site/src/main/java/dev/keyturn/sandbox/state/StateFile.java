package dev.keyturn.sandbox.state;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The state as one JSON file, written aside and moved into place, so that there is always a whole
 * one. Changes that come close together are written together.
 */
public final class StateFile implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(StateFile.class);
    private static final long MILLIS_BETWEEN_WRITES = 250;
    private static final long MILLIS_AFTER_FAILURE = 5_000;

    private final @Nullable Path file;
    private final Supplier<SiteState> state;
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final ScheduledExecutorService writer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("state-file").factory());
    private @Nullable SiteState written;
    private volatile long nextWrite = System.nanoTime();

    private StateFile(@Nullable Path file, Supplier<SiteState> state) {
        this.file = file;
        this.state = state;
    }

    /** A file in the folder, or none at all. */
    public static StateFile in(Optional<Path> folder, Supplier<SiteState> state) {
        return new StateFile(folder.map(StateFile::fileIn).orElse(null), state);
    }

    /**
     * What was kept, if anything.
     *
     * @throws ConfigurationException when there is a file that cannot be understood
     */
    public Optional<SiteState> read() {
        if (file == null || !Files.exists(file)) {
            return Optional.empty();
        }
        // No cause is handed on in this class: with one, the start fails with pages of stack trace.
        try {
            return Optional.of(parse(new JsonObject(Files.readString(file))));
        } catch (IOException | RuntimeException e) {
            throw new ConfigurationException(
                    "%s: cannot be read as the sandbox site's data (%s); repair or delete it"
                            .formatted(file, e.getMessage()));
        }
    }

    /** Sees to it that the state gets into the file soon. Does not wait for it. */
    public void changed() {
        if (file != null && scheduled.compareAndSet(false, true)) {
            var _ =
                    writer.schedule(
                            this::writeIfChanged,
                            nextWrite - System.nanoTime(),
                            TimeUnit.NANOSECONDS);
        }
    }

    /** Writes what is not written yet. */
    @Override
    public void close() {
        changed();
        writer.shutdown();
        try {
            if (!writer.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.errorf("The last changes were not written in 5 s. file=%s", file);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static SiteState parse(JsonObject json) {
        int version = json.getInteger("version", 0);
        if (version != SiteState.VERSION) {
            throw new IllegalArgumentException(
                    "version is %d, this site knows %d".formatted(version, SiteState.VERSION));
        }
        return SiteState.fromJson(json);
    }

    private void writeIfChanged() {
        // Before the state is taken: a change that comes later is then written again.
        scheduled.set(false);
        try {
            var now = state.get();
            if (file != null && !now.equals(written)) {
                write(file, now.toJson().encode());
                written = now;
            }
            nextWrite = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MILLIS_BETWEEN_WRITES);
        } catch (IOException | RuntimeException e) {
            LOG.errorf("Sessions could not be kept, trying again. file=%s reason=%s", file, e);
            nextWrite = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MILLIS_AFTER_FAILURE);
            if (!writer.isShutdown()) {
                changed();
            }
        }
    }

    private static void write(Path file, String text) throws IOException {
        var aside = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(aside);
        try (var channel =
                FileChannel.open(
                        aside,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        owned("rw-------"))) {
            var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static FileAttribute<Set<PosixFilePermission>> owned(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }

    private static Path fileIn(Path folder) {
        try {
            Files.createDirectories(folder, owned("rwx------"));
        } catch (IOException e) {
            throw new ConfigurationException(
                    "keyturn.sandbox.data=%s: must be a folder that can be written (%s)"
                            .formatted(folder, e));
        }
        if (!Files.isWritable(folder)) {
            throw new ConfigurationException(
                    "keyturn.sandbox.data=%s: must be a folder that can be written"
                            .formatted(folder));
        }
        return folder.resolve("sandbox-site.json");
    }
}
