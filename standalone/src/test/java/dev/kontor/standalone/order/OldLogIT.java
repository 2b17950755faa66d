package dev.kontor.standalone.order;

import static dev.kontor.standalone.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.api.storage.StoredJson;
import dev.kontor.api.storage.StoredTypes;
import dev.kontor.command.CommandSide;
import dev.kontor.standalone.Customer;
import dev.kontor.standalone.KontorProcess;
import dev.kontor.standalone.Product;
import dev.kontor.standalone.Shop;
import dev.kontor.store.DiskColumn;
import dev.kontor.store.EmbeddedStore;
import dev.kontor.store.EmbeddedTokenStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.serialization.Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log from before the index of unshipped orders, such as an imported one, fills it by itself. */
class OldLogIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void open_orders_of_a_log_without_an_index_are_counted(@TempDir Path data) {
        Product thing;
        Customer buyer;
        try (KontorProcess kontor = KontorProcess.start(data)) {
            Shop shop = new Shop(kontor);
            thing = shop.listedProduct(100);
            buyer = shop.signedInCustomer();
            buyer.orders(thing.times(3)).hasStatus(201);
            buyer.orders(thing.times(4)).hasStatus(201);
            String cancelled = buyer.orders(thing.times(5)).hasStatus(201).at("/id");
            buyer.cancels(cancelled).hasStatus(200);
            kontor.stop();
            assertThat(kontor.exitCode(PATIENCE)).isZero();
        }
        forgetTheIndex(data);

        try (KontorProcess kontor = KontorProcess.start(data, "--kontor.orders.most-open-units=100")) {
            Customer again = buyer.at(new Shop(kontor));
            eventually(
                    PATIENCE,
                    "the seven units of the two open orders count",
                    () -> again.orders(thing.times(101)).isProblem(409, "too-many-open-orders"),
                    refused -> refused.at("/detail").startsWith("101 units asked, 93 more"));
        }
    }

    private static void forgetTheIndex(Path data) {
        try (EmbeddedStore store = EmbeddedStore.open(data.resolve("log"))) {
            DiskColumn column = store.diskColumn("unshipped-orders");
            List<String> keys = new ArrayList<>();
            column.read((key, row) -> keys.add(key));
            assertThat(keys).isNotEmpty();
            keys.forEach(key -> column.delete(key, () -> {}));
            Serializer serializer = StoredJson.of(StoredTypes.with(CommandSide.STORED));
            new EmbeddedTokenStore(store, serializer).deleteToken("unshipped-orders", 0);
        }
    }
}
