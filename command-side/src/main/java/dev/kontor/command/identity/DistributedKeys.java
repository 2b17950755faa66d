package dev.kontor.command.identity;

import dev.kontor.side.identity.MasterKey;
import dev.kontor.side.operations.Profiles;
import java.security.MessageDigest;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

@Configuration(proxyBeanMethods = false)
@Profile(Profiles.DISTRIBUTED)
class DistributedKeys {

    /** Both are given from outside: every process must have the same, and none has a disk to keep them on. */
    @Bean
    MasterKeys masterKeys(
            @Value("${KONTOR_MASTER_KEY:}") String customers, @Value("${KONTOR_SIGNING_MASTER_KEY:}") String signing) {
        MasterKeys keys = new MasterKeys(
                MasterKey.decode(customers.strip(), "KONTOR_MASTER_KEY"),
                MasterKey.decode(signing.strip(), "KONTOR_SIGNING_MASTER_KEY"));
        if (MessageDigest.isEqual(keys.customers(), keys.signing())) {
            throw new IllegalStateException(
                    "KONTOR_MASTER_KEY and KONTOR_SIGNING_MASTER_KEY are the same. Make two: openssl rand -base64 32");
        }
        return keys;
    }
}
