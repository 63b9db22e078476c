package dev.keyturn.worker.connectors;

import dev.keyturn.worker.config.WorkerConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The connectors that this worker has. */
@ApplicationScoped
public class Connectors {

    private final Map<String, Loaded> bySlug;
    private final Map<String, Map<String, String>> settings;

    @Inject
    Connectors(WorkerConfig config) {
        this(ConnectorFolder.load(config.connectorsFolder()), config.connector());
    }

    /** These ones, by their slugs, with what the operator set for each. */
    public Connectors(Map<String, Loaded> bySlug, Map<String, Map<String, String>> settings) {
        this.bySlug = Map.copyOf(bySlug);
        this.settings = Map.copyOf(settings);
    }

    public Optional<Loaded> find(String slug) {
        return Optional.ofNullable(bySlug.get(slug));
    }

    public Set<String> slugs() {
        return bySlug.keySet();
    }

    public Collection<Loaded> all() {
        return bySlug.values();
    }

    /** What the operator set for a connector. */
    public Map<String, String> settings(String slug) {
        return Map.copyOf(settings.getOrDefault(slug, Map.of()));
    }
}
