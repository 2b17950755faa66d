package dev.kontor.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.axonframework.eventsourcing.eventstore.AbstractEventStorageEngineTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Axon's own tests of an event storage engine. */
@ExtendWith(AxonsTests.class)
class AxonsEngineTest
        extends AbstractEventStorageEngineTest<EmbeddedEventStorageEngine, EmbeddedEventStorageEngine.Builder> {

    @TempDir
    Path folder;

    private final List<EmbeddedStore> stores = new ArrayList<>();

    @BeforeEach
    void anEngine() {
        setTestSubject(createEngine());
    }

    @AfterEach
    void closeStores() {
        stores.forEach(EmbeddedStore::close);
    }

    @Override
    protected EmbeddedEventStorageEngine createEngine(UnaryOperator<EmbeddedEventStorageEngine.Builder> customization) {
        EmbeddedStore store = EmbeddedStore.open(folder.resolve("log-" + stores.size()));
        stores.add(store);
        return customization
                .apply(EmbeddedEventStorageEngine.builder()
                        .store(store)
                        .eventSerializer(StoreSetup.JSON)
                        .snapshotSerializer(StoreSetup.JSON))
                .build();
    }
}
