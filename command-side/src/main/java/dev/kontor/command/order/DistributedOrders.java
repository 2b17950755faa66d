package dev.kontor.command.order;

import com.mongodb.client.MongoClient;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

@Configuration(proxyBeanMethods = false)
@Profile("distributed")
class DistributedOrders {

    @Bean
    OpenOrders openOrders(MongoClient client, @Value("${kontor.views.database:kontor}") String database) {
        return new MongoOpenOrders(client.getDatabase(database));
    }
}
