package dev.kontor.standalone.order;

import dev.kontor.command.order.OpenOrders;
import dev.kontor.command.order.UnshippedOrders;
import dev.kontor.store.Book;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class EmbeddedOrders {

    @Bean
    OpenOrders openOrders(Book book) {
        return BookOpenOrders.in(book);
    }

    @Bean
    UnshippedOrders unshippedOrders(Book book) {
        return new BookUnshippedOrders(book.diskColumn("unshipped-orders"));
    }
}
