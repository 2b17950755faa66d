package dev.kontor.standalone.order;

import dev.kontor.command.order.UndecidedOrders;
import dev.kontor.command.order.UnshippedOrders;
import dev.kontor.store.EmbeddedStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class EmbeddedOrders {

    @Bean
    UndecidedOrders undecidedOrders(EmbeddedStore store) {
        return EmbeddedUndecidedOrders.in(store);
    }

    @Bean
    UnshippedOrders unshippedOrders(EmbeddedStore store) {
        return new EmbeddedUnshippedOrders(store.diskColumn("unshipped-orders"));
    }
}
