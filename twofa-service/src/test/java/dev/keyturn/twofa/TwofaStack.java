package dev.keyturn.twofa;

import dev.keyturn.local.infra.Infrastructure;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** A real broker and a real database. */
public final class TwofaStack implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        return Infrastructure.forTests().serviceConfig("twofa");
    }

    @Override
    public void stop() {}
}
