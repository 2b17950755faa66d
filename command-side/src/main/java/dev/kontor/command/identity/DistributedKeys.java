package dev.kontor.command.identity;

import dev.kontor.grpc.platform.StartException;
import dev.kontor.side.identity.MasterKey;
import dev.kontor.side.platform.SpringProfiles;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

@Configuration(proxyBeanMethods = false)
@Profile(SpringProfiles.DISTRIBUTED)
class DistributedKeys {

    /** Both come from settings: all processes must have the same, and none has a disk to store them on. */
    @Bean
    MasterKeys masterKeys(
            @Value("${KONTOR_MASTER_KEY:}") String customers,
            @Value("${KONTOR_SECOND_MASTER_KEY:}") String secondCustomers,
            @Value("${KONTOR_SIGNING_MASTER_KEY:}") String signing,
            @Value("${KONTOR_SECOND_SIGNING_MASTER_KEY:}") String secondSigning) {
        MasterKeys keys = new MasterKeys(
                MasterKey.wrapping(customers, secondCustomers, "KONTOR_MASTER_KEY"),
                MasterKey.wrapping(signing, secondSigning, "KONTOR_SIGNING_MASTER_KEY"));
        if (customers.strip().equals(signing.strip())) {
            throw new StartException(
                    "KONTOR_MASTER_KEY and KONTOR_SIGNING_MASTER_KEY are the same. Make two: openssl rand -base64 32");
        }
        return keys;
    }
}
