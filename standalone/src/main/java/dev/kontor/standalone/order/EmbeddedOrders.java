package dev.kontor.standalone.order;

import dev.kontor.command.order.OpenOrders;
import dev.kontor.command.order.UnshippedOrders;
import dev.kontor.store.EmbeddedStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class EmbeddedOrders {

    @Bean
    OpenOrders openOrders(EmbeddedStore book) {
        return EmbeddedOpenOrders.in(book);
    }

    @Bean
    UnshippedOrders unshippedOrders(EmbeddedStore book) {
        return new EmbeddedUnshippedOrders(book.diskColumn("unshipped-orders"));
    }
}
