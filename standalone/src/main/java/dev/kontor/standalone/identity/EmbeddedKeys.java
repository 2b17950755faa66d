package dev.kontor.standalone.identity;

import dev.kontor.api.customer.KeyRing;
import dev.kontor.api.customer.PersonalData;
import dev.kontor.command.identity.MasterKeys;
import dev.kontor.side.identity.KeptRevocations;
import dev.kontor.standalone.operations.DataFolder;
import dev.kontor.store.Book;
import java.io.IOException;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The keys of the one JVM. */
@Configuration(proxyBeanMethods = false)
class EmbeddedKeys {

    @Bean
    MasterKeys masterKeys(DataFolder data) throws IOException {
        return MasterKeyFiles.in(data.root(), System.getenv());
    }

    @Bean
    PersonalData personalData(KeyRing keyRing, MasterKeys masterKeys) {
        return new PersonalData(keyRing, masterKeys.customers());
    }

    @Bean
    KeptRevocations keptRevocations(Book book, @Qualifier("commandTokenStore") TokenStore tokens) {
        return new BookKeptRevocations(book.column("revocations"), tokens);
    }
}
