package dev.kontor.command.customer;

import com.mongodb.client.MongoClient;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

@Configuration(proxyBeanMethods = false)
@Profile("distributed")
class DistributedCustomers {

    @Bean
    Sellers sellers(MongoClient client, @Value("${kontor.views.database:kontor}") String database) {
        return new MongoSellers(client.getDatabase(database));
    }
}
