package dev.kontor.command.customer;

import com.mongodb.client.MongoDatabase;
import dev.kontor.side.platform.SpringProfiles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

@Configuration(proxyBeanMethods = false)
@Profile(SpringProfiles.DISTRIBUTED)
class DistributedCustomers {

    @Bean
    Sellers sellers(MongoDatabase database) {
        return new MongoSellers(database);
    }
}
