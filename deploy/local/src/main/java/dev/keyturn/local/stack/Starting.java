package dev.keyturn.local.stack;

import dev.keyturn.local.infra.Detached;
import dev.keyturn.local.infra.HomeFolder;
import dev.keyturn.local.infra.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One start of several processes: all of them come up, or none stays. Also when we are interrupted
 * meanwhile.
 */
final class Starting {

    private static final Executor THREADS = task -> Thread.ofVirtual().start(task);

    private final HomeFolder home;
    private final Consumer<String> progress;
    private final Map<String, ProcessHandle> started = new ConcurrentHashMap<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

    Starting(HomeFolder home, Consumer<String> progress) {
        this.home = home;
        this.progress = progress;
    }

    void start(List<Member> members) {
        Thread undo = new Thread(this::undo);
        Runtime.getRuntime().addShutdownHook(undo);
        try {
            together(members.stream().filter(m -> !m.needsInfrastructure()).toList());
            together(members.stream().filter(Member::needsInfrastructure).toList());
            over.set(true);
        } finally {
            undo();
            removeHook(undo);
        }
    }

    private void together(List<Member> members) {
        CompletableFuture.allOf(
                        members.stream()
                                .map(m -> CompletableFuture.runAsync(() -> tryOne(m), THREADS))
                                .toArray(CompletableFuture<?>[]::new))
                .join();
        RuntimeException why = failure.get();
        if (why != null) {
            throw why;
        }
    }

    private void tryOne(Member member) {
        try {
            one(member);
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
            undo();
        }
    }

    private void one(Member member) {
        long begin = System.nanoTime();
        member.prepare();
        Path log = freshLog(member.name());
        if (over.get()) {
            return;
        }
        ProcessHandle process =
                Detached.start(member.command(), member.environment(), home.path(), log).toHandle();
        started.put(member.name(), process);
        Running.of(process, member.port(), member.version()).write(pidFile(home, member.name()));
        if (over.get()) {
            stop(Map.of(member.name(), process));
            return;
        }
        member.awaitReady(process, log);
        progress.accept(
                "%s is ready (%.1f s)".formatted(member.name(), (System.nanoTime() - begin) / 1e9));
    }

    /** Nothing half started. */
    private void undo() {
        if (over.compareAndSet(false, true)) {
            stop(new LinkedHashMap<>(started));
        }
    }

    private void stop(Map<String, ProcessHandle> processes) {
        new Stopping(_ -> {}).stop(processes);
        processes.keySet().forEach(name -> PrivateFiles.deleteAll(pidFile(home, name)));
    }

    static Path pidFile(HomeFolder home, String name) {
        return home.run().resolve(name + ".pid");
    }

    private Path freshLog(String name) {
        Path log = home.logs().resolve(name + ".log");
        try {
            if (Files.exists(log)) {
                Files.move(
                        log,
                        log.resolveSibling(name + ".old.log"),
                        StandardCopyOption.REPLACE_EXISTING);
            }
            return PrivateFiles.touch(log);
        } catch (IOException e) {
            throw PrivateFiles.failure(log, e);
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // We are on our way out: the hook runs.
        }
    }
}
