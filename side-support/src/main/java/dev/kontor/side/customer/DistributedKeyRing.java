package dev.kontor.side.customer;

import com.mongodb.client.MongoDatabase;
import dev.kontor.api.customer.KeyRing;
import dev.kontor.api.customer.PersonalData;
import dev.kontor.side.identity.MasterKey;
import dev.kontor.side.platform.SpringProfiles;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

@Configuration(proxyBeanMethods = false)
@Profile(SpringProfiles.DISTRIBUTED)
class DistributedKeyRing {

    @Bean
    KeyRing keyRing(MongoDatabase database) {
        return new MongoKeyRing(database);
    }

    @Bean
    PersonalData personalData(
            KeyRing keyRing,
            @Value("${KONTOR_MASTER_KEY:}") String masterKey,
            @Value("${KONTOR_SECOND_MASTER_KEY:}") String second) {
        return new PersonalData(keyRing, MasterKey.wrapping(masterKey, second, "KONTOR_MASTER_KEY"));
    }
}
