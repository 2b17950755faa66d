package dev.kontor.command.customer;

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
 * The event processor of closed accounts. It is separate from the processor of orders, because the destruction of a key
 * takes longer the larger the key ring is. It sends its commands outside its own unit of work, one by one: it holds no
 * lock while it waits for another, so it cannot block the orders.
 */
@Configuration(proxyBeanMethods = false)
class ClosedAccountProcessing {

    static final String GROUP = "closed-accounts";

    private static final int BATCH_SIZE = 200;

    /**
     * One segment, because a listed product and its seller's account are different aggregates. From the first event on,
     * because the product may be listed long before the account is closed.
     */
    @Bean
    ConfigurerModule closedAccounts(
            @Qualifier("commandTokenStore") TokenStore tokens,
            ObjectProvider<SegmentBalancer> balancer,
            @Qualifier(CommandLetters.BEAN) DeadLetters letters) {
        return configurer -> EventProcessor.fromFirstEvent(GROUP, tokens, 1, BATCH_SIZE)
                .register(configurer.eventProcessing(), balancer, letters);
    }

    /** A product is delisted once, a key is destroyed once, and an account keeps its version in the index. */
    @Bean
    RepeatableProcessor closedAccountsRepeat() {
        return new RepeatableProcessor(GROUP);
    }
}
