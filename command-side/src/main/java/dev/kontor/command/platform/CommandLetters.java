package dev.kontor.command.platform;

import dev.kontor.api.storage.Upcasters;
import dev.kontor.side.platform.DeadLetters;
import dev.kontor.side.platform.FailureTranslation;
import dev.kontor.side.platform.LetterStore;
import org.axonframework.serialization.Serializer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The dead letters of policies and sagas. */
@Configuration(proxyBeanMethods = false)
public class CommandLetters {

    /** The name of the bean. */
    public static final String BEAN = "commandLetters";
    /** The name of the store, which a configuration of stores declares. */
    public static final String STORE = "commandLetterStore";

    @Bean(BEAN)
    DeadLetters letters(
            @Qualifier(STORE) LetterStore store,
            Serializer serializer,
            ObjectProvider<FailureTranslation> translations) {
        return new DeadLetters(
                store,
                serializer,
                Upcasters.chain(),
                translations.orderedStream().toList());
    }
}
