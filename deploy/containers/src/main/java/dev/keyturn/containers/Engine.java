package dev.keyturn.containers;

import java.util.function.Supplier;
import org.testcontainers.DockerClientFactory;

/** The Docker engine of this machine. */
final class Engine {

    private Engine() {}

    static boolean answers() {
        return withOurLoader(() -> DockerClientFactory.instance().isDockerAvailable());
    }

    /**
     * Testcontainers finds its parts by the thread's class loader, which a test framework sets to
     * one that knows other copies of them.
     */
    static <T> T withOurLoader(Supplier<T> work) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(Engine.class.getClassLoader());
        try {
            return work.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
