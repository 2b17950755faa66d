package dev.kontor.standalone.identity;

import dev.kontor.api.customer.KeyRing;
import dev.kontor.api.customer.PersonalData;
import dev.kontor.api.identity.SigningKeysId;
import dev.kontor.command.customer.EmailHash;
import dev.kontor.command.identity.MasterKeys;
import dev.kontor.command.identity.SigningKeyPairs;
import dev.kontor.side.identity.StoredRevocations;
import dev.kontor.standalone.platform.DataFolder;
import dev.kontor.store.EmbeddedStore;
import dev.kontor.store.Vault;
import java.io.IOException;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

/** The keys of the standalone process. */
@Configuration(proxyBeanMethods = false)
class EmbeddedKeys {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedKeys.class);

    /** Only the process that has the folder reads and creates them: it holds the locks of log and key ring. */
    @Bean
    @DependsOn("embeddedStore")
    MasterKeys masterKeys(DataFolder data, Vault vault, EventStorageEngine events, SigningKeyPairs pairs)
            throws IOException {
        // The start creates it before it writes anything that depends on it.
        boolean isRingThere = vault.get(EmailHash.KEY_ID).isPresent();
        if (!isRingThere) {
            pairs.begin();
        }
        if (!isRingThere
                && events.lastSequenceNumberFor(new SigningKeysId().toString()).isPresent()) {
            log.warn(
                    "the keys that belong to this log are not in {}: no account in the log can be read or signed in to. "
                            + "If there is a copy, as every backup has, stop, and replace them by it before the next start",
                    data.keys());
        }
        return MasterKeyFiles.in(data.root(), System.getenv(), isRingThere);
    }

    @Bean
    PersonalData personalData(KeyRing keyRing, MasterKeys masterKeys) {
        return new PersonalData(keyRing, masterKeys.customers());
    }

    @Bean
    StoredRevocations keptRevocations(EmbeddedStore store, @Qualifier("commandTokenStore") TokenStore tokens) {
        return new EmbeddedRevocations(store.column("revocations"), tokens);
    }
}
