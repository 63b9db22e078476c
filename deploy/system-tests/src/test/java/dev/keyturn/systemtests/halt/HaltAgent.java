package dev.keyturn.systemtests.halt;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.nio.file.Path;
import java.util.Arrays;

/** Comes into a process that runs, once for each point. */
public final class HaltAgent {

    private static boolean isIn;

    private HaltAgent() {}

    /**
     * Is called by the JVM.
     *
     * @param file that says where, and what happens there
     */
    public static synchronized void agentmain(String file, Instrumentation jvm)
            throws IOException, UnmodifiableClassException {
        if (!isIn) {
            Hooks hooks = new Hooks();
            jvm.addTransformer(hooks, true);
            jvm.retransformClasses(
                    Arrays.stream(jvm.getAllLoadedClasses())
                            .filter(c -> Hooks.has(c.getName()))
                            .toArray(Class<?>[]::new));
            hooks.requireNoFailure();
            isIn = true;
        }
        Halting.add(Point.read(Path.of(file)));
    }
}
