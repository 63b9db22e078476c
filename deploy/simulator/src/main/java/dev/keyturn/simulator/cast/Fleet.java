package dev.keyturn.simulator.cast;

import dev.keyturn.seal.FleetKeys;
import dev.keyturn.seal.SealException;
import dev.keyturn.seal.SealTo;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What all simulations share: keys as a deployment has them, and a registry that counts nothing.
 */
final class Fleet {

    private static final FleetKeys KEYS = FleetKeys.generate();
    private static final Path FILE = write();
    private static final MeterRegistry METRICS = new CompositeMeterRegistry();
    private static final int MOST_KNOWN = 1_000;
    private static final Map<String, SealTo> VERIFIED = new ConcurrentHashMap<>();

    private Fleet() {}

    static FleetKeys keys() {
        return KEYS;
    }

    static Path privateFile() {
        return FILE;
    }

    static MeterRegistry metrics() {
        return METRICS;
    }

    /** Verifies a prompt's key; who has verified it once knows it. */
    static SealTo verified(String sealTo) throws SealException {
        @Nullable SealTo known = VERIFIED.get(sealTo);
        if (known == null) {
            known = KEYS.publicKeys().verify(sealTo);
            if (VERIFIED.size() > MOST_KNOWN) {
                VERIFIED.clear();
            }
            VERIFIED.put(sealTo, known);
        }
        return known;
    }

    private static Path write() {
        try {
            Path folder = Files.createTempDirectory("keyturn-simulator");
            Path file = folder.resolve("fleet-private.json");
            Path published = folder.resolve("fleet-public.json");
            KEYS.save(file, published);
            folder.toFile().deleteOnExit();
            file.toFile().deleteOnExit();
            published.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
