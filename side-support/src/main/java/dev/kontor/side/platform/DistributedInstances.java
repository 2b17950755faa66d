package dev.kontor.side.platform;

import com.mongodb.client.MongoDatabase;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.axonframework.config.EventProcessingConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.ContextClosedEvent;

/** Registers this process with its side. The side provides {@link ClusterMember} and {@link SharedTokens}. */
@Configuration(proxyBeanMethods = false)
@Profile(SpringProfiles.DISTRIBUTED)
class DistributedInstances {

    @Bean
    ClusterMembers instances(
            MongoDatabase database,
            ClusterMember self,
            SharedTokens tokens,
            ObjectProvider<EventProcessingConfiguration> processing,
            Clock clock) {
        Set<String> once = ConcurrentHashMap.newKeySet();
        return new ClusterMembers(database, self, tokens, () -> well(processing.getObject(), once), clock);
    }

    /** A processor that was started once and is stopped while its view is rebuilt keeps its share. */
    private static Set<String> well(EventProcessingConfiguration processing, Set<String> once) {
        processing.eventProcessors().forEach((name, processor) -> {
            if (processor.isRunning()) {
                once.add(name);
            }
        });
        return processing.eventProcessors().entrySet().stream()
                .filter(processor -> once.contains(processor.getKey())
                        && !processor.getValue().isError())
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Bean
    PausedProcessors pausedProcessors(MongoDatabase database) {
        return new MongoPausedProcessors(database);
    }

    @Bean
    SegmentBalancer segmentSpread(ClusterMember self, ClusterMembers instances, SharedTokens tokens) {
        return new SegmentBalancer(self, instances, tokens);
    }

    /** Before the processors start: they claim nothing until the instances are known. */
    @Bean
    StorePreparation instancesLook(ClusterMembers instances) {
        return instances::start;
    }

    /** Before the processors stop and release their claims. The document is removed last, with the bean. */
    @Bean
    ApplicationListener<ContextClosedEvent> instanceLeaves(ClusterMembers instances) {
        return closed -> instances.leave();
    }
}
