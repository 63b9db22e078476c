package dev.keyturn.local.infra;

import java.util.ServiceLoader;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Starts broker and database for tests. Which one does is said by its name in the system property
 * {@value #PROPERTY}; without it they are processes of this machine.
 */
public interface InfrastructureProvider {

    /** The system property that names the provider. */
    String PROPERTY = "keyturn.test.infrastructure";

    /**
     * What was started, and serves.
     *
     * @param stop ends what does not end with this JVM by itself
     */
    record Started(KafkaAccess kafka, PostgresAccess postgres, Runnable stop) {}

    String name();

    /**
     * Starts both, and returns when they serve.
     *
     * @param folder where data, logs and secrets of this infrastructure are
     * @param endWithUs takes each process that shall end with this JVM, however it ends
     */
    Started start(HomeFolder folder, Consumer<ProcessHandle> endWithUs);

    /** The one to take. */
    static InfrastructureProvider chosen() {
        String name = System.getProperty(PROPERTY, Processes.NAME);
        return Stream.concat(Stream.of(new Processes()), found())
                .filter(provider -> provider.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new StackFailure(
                                        "%s=%s: no such provider is on the class path"
                                                .formatted(PROPERTY, name)));
    }

    private static Stream<InfrastructureProvider> found() {
        return ServiceLoader.load(
                        InfrastructureProvider.class, InfrastructureProvider.class.getClassLoader())
                .stream()
                .map(ServiceLoader.Provider::get);
    }
}
