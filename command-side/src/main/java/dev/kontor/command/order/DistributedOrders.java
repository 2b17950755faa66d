package dev.kontor.command.order;

import com.mongodb.client.MongoDatabase;
import dev.kontor.side.platform.SpringProfiles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

@Configuration(proxyBeanMethods = false)
@Profile(SpringProfiles.DISTRIBUTED)
class DistributedOrders {

    @Bean
    UndecidedOrders undecidedOrders(MongoDatabase database) {
        return new MongoUndecidedOrders(database);
    }

    @Bean
    UnshippedOrders unshippedOrders(MongoDatabase database) {
        return new MongoUnshippedOrders(database);
    }
}
