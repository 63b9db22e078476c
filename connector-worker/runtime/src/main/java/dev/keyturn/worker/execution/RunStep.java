package dev.keyturn.worker.execution;

import dev.keyturn.sdk.Step;
import java.util.function.Supplier;

/** A step that has a name. */
record RunStep(Steps steps, RunContext run, String name, boolean isOnce) implements Step {

    @Override
    public Step once() {
        return new RunStep(steps, run, name, true);
    }

    @Override
    public <T> T run(Class<T> type, Supplier<T> body) {
        return steps.run(run, name, isOnce, type, body);
    }
}
