package dev.kontor.standalone.tools.transfer;

import dev.kontor.api.storage.StoredJson;
import dev.kontor.api.storage.StoredTypes;
import dev.kontor.command.CommandSide;
import dev.kontor.command.order.UndecidedOrders;
import dev.kontor.command.platform.OrderProcessing;
import dev.kontor.standalone.order.EmbeddedUndecidedOrders;
import dev.kontor.standalone.platform.Folders;
import dev.kontor.store.EmbeddedSagaStore;
import dev.kontor.store.EmbeddedStore;
import dev.kontor.store.EmbeddedTokenStore;
import dev.kontor.store.LogReader;
import dev.kontor.store.LogWriter;
import dev.kontor.store.LoggedRow;
import dev.kontor.store.StoreListener;
import dev.kontor.store.StoreSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.axonframework.serialization.Serializer;

/**
 * Converts between the rows of an export and their meaning. It reads and writes them with the stores that define their
 * format, in a temporary event store.
 */
final class CommandStateCodec {

    static final Serializer SERIALIZER = StoredJson.of(StoredTypes.with(CommandSide.STORED));

    private CommandStateCodec() {}

    /** The command side's stores in an event store. */
    private record Stores(EmbeddedTokenStore tokens, EmbeddedSagaStore sagas, UndecidedOrders undecidedOrders) {

        static Stores in(EmbeddedStore store) {
            return new Stores(
                    new EmbeddedTokenStore(store, SERIALIZER),
                    new EmbeddedSagaStore(store, SERIALIZER),
                    EmbeddedUndecidedOrders.in(store));
        }
    }

    static CommandState read(List<LoggedRow> rows) {
        return inScratch(folder -> {
            try (LogWriter writer = LogWriter.open(folder)) {
                writer.begin("scratch");
                writer.finish(rows);
            }
            try (EmbeddedStore store = open(folder)) {
                Stores stores = Stores.in(store);
                return CommandState.of(
                        stores.tokens().fetchSegments(OrderProcessing.GROUP).length == 0
                                ? null
                                : stores.tokens().fetchToken(OrderProcessing.GROUP, 0),
                        stores.sagas().ids(),
                        stores.sagas(),
                        stores.undecidedOrders());
            }
        });
    }

    static List<LoggedRow> write(CommandState state) {
        return inScratch(folder -> {
            try (EmbeddedStore store = open(folder)) {
                Stores stores = Stores.in(store);
                if (state.ordersAt() != null) {
                    stores.tokens().initializeTokenSegments(OrderProcessing.GROUP, 1, state.ordersAt());
                }
                state.put(stores.sagas(), stores.undecidedOrders());
            }
            List<LoggedRow> rows = new ArrayList<>();
            try (LogReader written = LogReader.open(folder)) {
                written.readBeside(rows::add);
            }
            return rows;
        });
    }

    private static EmbeddedStore open(Path folder) {
        return EmbeddedStore.open(folder, StoreListener.NONE, StoreSettings.DEFAULT.withReserveBytes(0));
    }

    private static <T> T inScratch(Function<Path, T> use) {
        try {
            Path scratch = Files.createTempDirectory("kontor-state");
            try {
                return use.apply(scratch);
            } finally {
                Folders.delete(scratch);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("A temporary folder is needed", e);
        }
    }
}
