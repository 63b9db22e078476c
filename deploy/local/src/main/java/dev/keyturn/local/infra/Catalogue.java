package dev.keyturn.local.infra;

import dev.keyturn.wire.Principal;
import dev.keyturn.wire.Topic;
import dev.keyturn.wire.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * What the contract says there is at the broker: topics with their settings, and who may read and
 * write each. Applying it again changes nothing.
 */
public record Catalogue(List<Wanted> topics) {

    private static final Duration RIGHTS_WITHIN = Duration.ofSeconds(30);
    private static final Duration RIGHTS_PAUSE = Duration.ofMillis(20);

    /** One topic as it should be. */
    public record Wanted(
            String name,
            int partitions,
            Map<String, String> settings,
            Set<Principal> writers,
            Set<Principal> readers) {}

    /** The contract's topics, each with its dead letters. */
    public static Catalogue ofContract() {
        return new Catalogue(
                Topics.all().stream().flatMap(t -> Stream.of(topic(t), deadLetters(t))).toList());
    }

    private static Wanted topic(Topic topic) {
        return new Wanted(
                topic.name(), topic.partitions(), topic.config(), topic.writers(), topic.readers());
    }

    /** Written by who reads the topic; read by people only. */
    private static Wanted deadLetters(Topic topic) {
        Map<String, String> settings = new HashMap<>(topic.config());
        if (topic.compacted()) {
            // Keys of what could not be decoded are no keys: kept by time, as long as the log.
            settings.put("cleanup.policy", "delete");
            settings.put("retention.ms", String.valueOf(Topics.EVENTS.retention().toMillis()));
        }
        return new Wanted(topic.deadLetters(), 1, settings, topic.readers(), Set.of());
    }

    /** Makes broker and catalogue agree; fails if a topic has another number of partitions. */
    public void applyTo(Admin admin) {
        try {
            Map<String, TopicDescription> there = existing(admin);
            requirePartitions(there);
            createMissing(admin, there.keySet());
            alignSettings(admin, there.keySet());
            alignRights(admin);
        } catch (ExecutionException e) {
            String why = String.valueOf(e.getCause());
            throw new StackFailure("Kafka did not take topics and access rules: " + why, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackFailure("Interrupted while making topics", e);
        }
    }

    private Map<String, TopicDescription> existing(Admin admin)
            throws ExecutionException, InterruptedException {
        Set<String> names = new HashSet<>(admin.listTopics().names().get());
        names.retainAll(topics.stream().map(Wanted::name).toList());
        return names.isEmpty() ? Map.of() : admin.describeTopics(names).allTopicNames().get();
    }

    private void requirePartitions(Map<String, TopicDescription> there) {
        for (Wanted topic : topics) {
            TopicDescription found = there.get(topic.name());
            if (found != null && found.partitions().size() != topic.partitions()) {
                throw new StackFailure(
                        "Topic %s has %d partitions, expected %d"
                                .formatted(
                                        topic.name(),
                                        found.partitions().size(),
                                        topic.partitions()));
            }
        }
    }

    private void createMissing(Admin admin, Set<String> there)
            throws ExecutionException, InterruptedException {
        List<NewTopic> missing =
                topics.stream()
                        .filter(t -> !there.contains(t.name()))
                        .map(
                                t ->
                                        new NewTopic(t.name(), t.partitions(), (short) 1)
                                                .configs(t.settings()))
                        .toList();
        admin.createTopics(missing).all().get();
    }

    private void alignSettings(Admin admin, Set<String> there)
            throws ExecutionException, InterruptedException {
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
        topics.stream()
                .filter(t -> there.contains(t.name()))
                .forEach(
                        t ->
                                changes.put(
                                        new ConfigResource(ConfigResource.Type.TOPIC, t.name()),
                                        t.settings().entrySet().stream()
                                                .map(Catalogue::set)
                                                .toList()));
        admin.incrementalAlterConfigs(changes).all().get();
    }

    private static AlterConfigOp set(Map.Entry<String, String> setting) {
        return new AlterConfigOp(
                new ConfigEntry(setting.getKey(), setting.getValue()), AlterConfigOp.OpType.SET);
    }

    private void alignRights(Admin admin) throws ExecutionException, InterruptedException {
        Set<AclBinding> wanted = new HashSet<>(rights());
        Set<AclBinding> there = rightsThere(admin);
        List<AclBinding> missing = wanted.stream().filter(a -> !there.contains(a)).toList();
        List<AclBindingFilter> surplus =
                there.stream().filter(a -> !wanted.contains(a)).map(AclBinding::toFilter).toList();
        if (!missing.isEmpty()) {
            admin.createAcls(missing).all().get();
        }
        if (!surplus.isEmpty()) {
            admin.deleteAcls(surplus).all().get();
        }
        awaitRights(admin, wanted);
    }

    private static Set<AclBinding> rightsThere(Admin admin)
            throws ExecutionException, InterruptedException {
        return new HashSet<>(admin.describeAcls(AclBindingFilter.ANY).values().get());
    }

    /** The controller has them; the broker, which judges by them, takes them up a moment later. */
    private static void awaitRights(Admin admin, Set<AclBinding> wanted)
            throws ExecutionException, InterruptedException {
        long end = System.nanoTime() + RIGHTS_WITHIN.toNanos();
        while (!rightsThere(admin).equals(wanted)) {
            if (System.nanoTime() > end) {
                throw new StackFailure(
                        "Kafka's broker does not go by its access rules after %ds"
                                .formatted(RIGHTS_WITHIN.toSeconds()));
            }
            Thread.sleep(RIGHTS_PAUSE);
        }
    }

    private List<AclBinding> rights() {
        List<AclBinding> rights = new ArrayList<>();
        for (Wanted topic : topics) {
            topic.writers().forEach(who -> rights.add(onTopic(topic, who, AclOperation.WRITE)));
            topic.readers().forEach(who -> rights.add(onTopic(topic, who, AclOperation.READ)));
        }
        for (Principal who : Principal.values()) {
            rights.add(allow(who, AclOperation.READ, ResourceType.GROUP, who.service()));
        }
        return rights;
    }

    private static AclBinding onTopic(Wanted topic, Principal who, AclOperation operation) {
        return allow(who, operation, ResourceType.TOPIC, topic.name());
    }

    private static AclBinding allow(
            Principal who, AclOperation operation, ResourceType type, String name) {
        return new AclBinding(
                new ResourcePattern(type, name, PatternType.LITERAL),
                new AccessControlEntry(
                        "User:" + who.user(), "*", operation, AclPermissionType.ALLOW));
    }
}
