package dev.keyturn.service.reply;

import dev.keyturn.wire.Topics;
import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * The partition of the reply topic that this instance reads: chosen from its name, kept until it
 * ends. Instances may share one, since what is not one's own is skipped.
 */
public final class ReplyPartition implements ConfigSourceFactory {

    /** The partition, for the channel and for requests. */
    public static final String PROPERTY = "keyturn.replies.partition";

    private static final int BELOW_EVERYTHING = 50;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        ConfigValue name = context.getValue("keyturn.instance.name");
        int partition = of(name == null || name.getValue() == null ? "" : name.getValue());
        return List.of(
                new PropertiesConfigSource(
                        Map.of(PROPERTY, String.valueOf(partition)),
                        "reply partition",
                        BELOW_EVERYTHING));
    }

    static int of(String instance) {
        return Math.floorMod(instance.hashCode(), Topics.REPLIES.partitions());
    }
}
