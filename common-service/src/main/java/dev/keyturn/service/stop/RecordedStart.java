package dev.keyturn.service.stop;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;

/**
 * Ends a start that the build makes, without a broker and a database, for nothing but the archive
 * of classes that later starts read. The JVM writes it on its way out.
 */
@ApplicationScoped
public class RecordedStart {

    private static final boolean RECORDED = Boolean.getBoolean("keyturn.recorded-start");

    /** In which the rest of the start is done, even if all of them are recorded at once. */
    private static final Duration REST = Duration.ofSeconds(6);

    /** Whether this is such a start: nothing that is away is waited for. */
    public static boolean isThis() {
        return RECORDED;
    }

    /** Before anything that could wait for ever. */
    void onStart(@Observes @Priority(1) StartupEvent event) {
        if (RECORDED) {
            Thread.ofPlatform().daemon().name("end of recording").start(RecordedStart::end);
        }
    }

    /** Without a farewell to servers that are not there. */
    private static void end() {
        try {
            FirstClasses.load();
            Thread.sleep(REST);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            // Whatever was wrong is told by then: a build must not wait for ever.
            Runtime.getRuntime().halt(0);
        }
    }
}
