package dev.keyturn.local.stack;

import dev.keyturn.local.infra.HomeFolder;
import dev.keyturn.local.infra.PrivateFiles;
import dev.keyturn.local.infra.StackFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One local stack. Starting starts what is not running, or nothing: when one process cannot start,
 * those that were started with it are stopped again.
 */
public final class LocalStack {

    private static final long NEEDED_BYTES = 300L << 20;

    /** Nothing else in the folder is ever deleted. */
    private static final List<String> OURS =
            List.of(
                    "kafka",
                    "postgres",
                    "sandbox",
                    "documents",
                    "secrets",
                    "logs",
                    "cache",
                    "run",
                    "version");

    private final Settings settings;
    private final HomeFolder home;
    private final Consumer<String> progress;

    /**
     * @param progress gets one line for each thing that happened
     */
    public LocalStack(Settings settings, Consumer<String> progress) {
        this.settings = settings;
        this.home = settings.home();
        this.progress = progress;
    }

    /**
     * Starts what is not running; returns when all is ready.
     *
     * @return whether anything had to be started
     */
    public boolean up(int workers) {
        return locked(() -> upAlone(workers));
    }

    /**
     * Stops what runs, the services first.
     *
     * @return the names of what was stopped
     */
    public List<String> down() {
        return Files.exists(home.run()) ? locked(this::downAlone) : List.of();
    }

    /** Deletes all data; the stack must be down. */
    public void wipe() {
        if (!Files.exists(home.path())) {
            return;
        }
        if (!alive().isEmpty()) {
            throw new StackFailure(
                    String.join(", ", alive().keySet()) + " still runs: nothing was deleted");
        }
        OURS.forEach(name -> PrivateFiles.deleteAll(home.path().resolve(name)));
        try (Stream<Path> left = Files.list(home.path())) {
            if (left.findAny().isEmpty()) {
                Files.delete(home.path());
            }
        } catch (IOException e) {
            throw PrivateFiles.failure(home.path(), e);
        }
    }

    /** Does something while nothing is started or stopped. */
    public void exclusively(Runnable work) {
        boolean _ =
                locked(
                        () -> {
                            work.run();
                            return true;
                        });
    }

    /** The same, and only if nothing of it runs. */
    public void whileDown(Runnable work) {
        exclusively(
                () -> {
                    if (!alive().isEmpty()) {
                        throw new StackFailure(
                                String.join(", ", alive().keySet())
                                        + " still runs: ./keyturn down first");
                    }
                    work.run();
                });
    }

    /** How many workers run now. */
    public int workers() {
        return (int) alive().keySet().stream().filter(n -> n.startsWith("worker-")).count();
    }

    /** The log of a process. */
    public Path log(String name) {
        return home.logs().resolve(name + ".log");
    }

    /** What runs now, by name. */
    Map<String, Running> alive() {
        Map<String, Running> alive = new LinkedHashMap<>();
        for (Path file : pidFiles()) {
            Running.read(file).ifPresent(running -> alive.put(nameOf(file), running));
        }
        return alive;
    }

    private boolean upAlone(int workers) {
        requireSpace();
        Version.claimData(home);
        home.prepare();
        Map<String, Running> alive = alive();
        Members members = new Members(settings);
        List<Member> wanted = members.all(workers);
        requireSamePorts(alive, wanted);
        List<Member> missing = wanted.stream().filter(m -> !alive.containsKey(m.name())).toList();
        missing.forEach(m -> m.ports().forEach(port -> PortCheck.requireFree(port, m.name())));
        settings.rememberPorts();
        if (alive.isEmpty()) {
            new Apps(home).keepOnly(members.used());
        }
        new Starting(home, progress).start(missing);
        wanted.stream()
                .filter(m -> alive.containsKey(m.name()))
                .forEach(m -> m.awaitReady(processOf(alive, m), log(m.name())));
        return !missing.isEmpty();
    }

    private static ProcessHandle processOf(Map<String, Running> alive, Member member) {
        return Optional.ofNullable(alive.get(member.name()))
                .flatMap(Running::process)
                .orElseThrow(() -> new StackFailure(member.name() + " has just stopped"));
    }

    private void requireSamePorts(Map<String, Running> alive, List<Member> wanted) {
        for (Member member : wanted) {
            Running running = alive.get(member.name());
            if (running != null && running.port() != member.port()) {
                throw new StackFailure(
                        "%s in %s runs on port %d already, not on %d: ./keyturn down first"
                                .formatted(
                                        member.name(), home.path(), running.port(), member.port()));
            }
        }
    }

    private void requireSpace() {
        PrivateFiles.folder(home.path());
        try {
            long free = Files.getFileStore(home.path()).getUsableSpace();
            if (free < NEEDED_BYTES) {
                throw new StackFailure(
                        "The disk of %s is full: %d MB are free, %d are needed"
                                .formatted(home.path(), free >> 20, NEEDED_BYTES >> 20));
            }
        } catch (IOException e) {
            throw PrivateFiles.failure(home.path(), e);
        }
    }

    private List<String> downAlone() {
        Map<String, ProcessHandle> processes = new LinkedHashMap<>();
        alive().forEach((name, r) -> r.process().ifPresent(p -> processes.put(name, p)));
        new Stopping(progress).stop(processes);
        pidFiles().stream()
                .filter(file -> Running.read(file).isEmpty())
                .forEach(PrivateFiles::deleteAll);
        return List.copyOf(processes.keySet());
    }

    private List<Path> pidFiles() {
        if (!Files.exists(home.run())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(home.run())) {
            return files.filter(f -> f.toString().endsWith(".pid")).sorted().toList();
        } catch (IOException e) {
            throw PrivateFiles.failure(home.run(), e);
        }
    }

    private static String nameOf(Path pidFile) {
        return String.valueOf(pidFile.getFileName()).replace(".pid", "");
    }

    private StackFailure busy() {
        return new StackFailure("Another ./keyturn up or down works on " + home.path());
    }

    private interface Work<T> {
        T run();
    }

    /** One {@code up} or {@code down} at a time for a folder. */
    private <T> T locked(Work<T> work) {
        Path lock = PrivateFiles.touch(home.run().resolve("lock"));
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
                FileLock held = channel.tryLock()) {
            if (held == null) {
                throw busy();
            }
            return work.run();
        } catch (OverlappingFileLockException _) {
            throw busy();
        } catch (IOException e) {
            throw PrivateFiles.failure(lock, e);
        }
    }
}
