package dev.keyturn.systemtests.halt;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A point at which one of some processes, or one of its threads, stands still. */
public final class Halt {

    private static final Path FOLDER = Path.of("target/halts").toAbsolutePath();

    private static boolean isWritten;

    private final Point point;

    private Halt(Point point) {
        this.point = point;
    }

    /**
     * Puts it into processes of this machine that run; the first that comes to it stands there, the
     * others go past.
     *
     * @param texts all of which the statement with its parameters, or the record, contains
     */
    public static Halt in(List<Long> processes, End end, Seam seam, List<String> texts) {
        Point point = new Point(FOLDER.resolve(UUID.randomUUID() + ".point"), end, seam, texts);
        point.write();
        Path agent = agent();
        processes.forEach(pid -> load(agent, pid, point.file()));
        return new Halt(point);
    }

    /** Whether it stands there. */
    public boolean isReached() {
        return !point.waits();
    }

    private static void load(Path agent, long pid, Path point) {
        try {
            VirtualMachine machine = VirtualMachine.attach(String.valueOf(pid));
            try {
                machine.loadAgent(agent.toString(), point.toString());
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException
                | AgentLoadException
                | AgentInitializationException e) {
            throw new IllegalStateException("process " + pid + ": takes no agent", e);
        } catch (IOException e) {
            throw new UncheckedIOException("process " + pid, e);
        }
    }

    // Once in each run of the tests: one that is there may be of an earlier build.
    private static synchronized Path agent() {
        Path jar = FOLDER.resolve("agent.jar");
        if (!isWritten) {
            write(jar);
            isWritten = true;
        }
        return jar;
    }

    private static void write(Path jar) {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Agent-Class", HaltAgent.class.getName());
        main.putValue("Can-Retransform-Classes", "true");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            for (String file : classes()) {
                out.putNextEntry(new JarEntry(file));
                try (InputStream bytes =
                        Objects.requireNonNull(
                                Halt.class.getClassLoader().getResourceAsStream(file), file)) {
                    bytes.transferTo(out);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All of this package, nested ones too. */
    private static List<String> classes() throws IOException {
        String folder = Halt.class.getPackageName().replace('.', '/');
        Path here =
                Path.of(
                                Objects.requireNonNull(
                                                Halt.class.getProtectionDomain().getCodeSource())
                                        .getLocation()
                                        .getPath())
                        .resolve(folder);
        try (var files = Files.list(here)) {
            return files.map(f -> folder + "/" + f.getFileName()).toList();
        }
    }
}
