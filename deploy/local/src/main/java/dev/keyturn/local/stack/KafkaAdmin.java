package dev.keyturn.local.stack;

import dev.keyturn.local.infra.KafkaAccess;
import dev.keyturn.local.infra.StackFailure;
import java.util.Map;

/** The launcher's own access to the broker of a stack that runs. */
public final class KafkaAdmin {

    private KafkaAdmin() {}

    /** A client's configuration with all rights. */
    public static Map<String, String> of(Settings asked) {
        if (!new LocalStack(asked, _ -> {}).alive().containsKey("kafka")) {
            throw new StackFailure("The broker does not run: ./keyturn up");
        }
        Settings settings = asked.asStarted();
        return new KafkaAccess(settings.ports().kafka(), settings.home().secrets())
                .clientConfig(KafkaAccess.ADMIN);
    }
}
