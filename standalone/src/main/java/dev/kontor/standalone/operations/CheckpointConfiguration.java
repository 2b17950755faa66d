package dev.kontor.standalone.operations;

import dev.kontor.query.platform.LocalView;
import dev.kontor.standalone.platform.DataFolder;
import dev.kontor.store.EmbeddedStore;
import dev.kontor.store.Vault;
import dev.kontor.store.documents.ViewFiles;
import java.io.IOException;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class CheckpointConfiguration {

    @Bean
    Checkpoints checkpoints(
            DataFolder data, EmbeddedStore store, ViewFiles views, LocalView index, Vault vault, Clock clock)
            throws IOException {
        return new Checkpoints(data, store, views, index, vault, clock);
    }
}
