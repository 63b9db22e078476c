package dev.keyturn.systemtests.halt;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** What happens at a point. */
public enum End {
    /** The thread stands there for ever, until somebody kills the process. */
    HELD {
        @Override
        void happen() {
            while (true) {
                LockSupport.park();
            }
        }
    },
    /** As {@code kill -STOP}: all of the process stands still until somebody sends CONT. */
    FROZEN {
        @Override
        void happen() {
            String me = String.valueOf(ProcessHandle.current().pid());
            try {
                int _ = new ProcessBuilder("kill", "-STOP", me).start().waitFor();
                // Some thread takes the signal for all, perhaps not at once: none may go on before.
                Thread.sleep(Duration.ofSeconds(1));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    };

    abstract void happen();
}
