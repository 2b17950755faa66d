package dev.kontor.command.order;

import dev.kontor.command.platform.CommandLetters;
import dev.kontor.side.platform.DeadLetters;
import dev.kontor.side.platform.EventProcessor;
import dev.kontor.side.platform.RepeatableProcessor;
import dev.kontor.side.platform.SegmentBalancer;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The event processor of the index of unshipped orders. It sends no commands, so it is separate from the processor of
 * orders and does not wait for it. Without a token it starts at the beginning of the log, so that the index is built
 * from an older or imported log.
 */
@Configuration(proxyBeanMethods = false)
class UnshippedOrdersProcessing {

    static final String GROUP = "unshipped-orders";

    private static final int BATCH_SIZE = 200;

    @Bean
    ConfigurerModule unshippedOrderProcessing(
            @Qualifier("commandTokenStore") TokenStore tokens,
            ObjectProvider<SegmentBalancer> balancer,
            @Qualifier(CommandLetters.BEAN) DeadLetters letters) {
        return configurer -> EventProcessor.fromFirstEvent(GROUP, tokens, 1, BATCH_SIZE)
                .register(configurer.eventProcessing(), balancer, letters);
    }

    /** An order is set in the index, and not added. */
    @Bean
    RepeatableProcessor unshippedOrdersRepeat() {
        return new RepeatableProcessor(GROUP);
    }
}
