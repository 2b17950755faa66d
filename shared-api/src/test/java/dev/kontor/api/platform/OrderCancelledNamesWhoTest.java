package dev.kontor.api.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.api.order.CancelledBy;
import dev.kontor.api.order.OrderEvent.OrderCancelled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.axonframework.messaging.MetaData;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Revision 1 does not state who cancelled; its metadata does. */
class OrderCancelledNamesWhoTest {

    private static final String CUSTOMER = "0197a3c2-0000-7000-8000-000000000001";
    private static final String ADMIN = "0197a3c2-0000-7000-8000-000000000009";

    private static CancelledBy cancelledBy(MetaData metaData) throws IOException {
        JsonNode old = JsonMapper.shared()
                .readTree(Files.readString(Path.of("src/test/resources/golden/order.OrderCancelled.1.json")));
        return ((OrderCancelled) StoredEvents.read(old, metaData)).cancelledBy();
    }

    @Test
    void a_caller_who_owns_the_order_cancelled_it_as_its_customer() throws IOException {
        assertThat(cancelledBy(MetaData.with("actor", CUSTOMER))).isEqualTo(CancelledBy.CUSTOMER);
    }

    @Test
    void any_other_caller_cancelled_it_as_the_shop() throws IOException {
        assertThat(cancelledBy(MetaData.with("actor", ADMIN))).isEqualTo(CancelledBy.SHOP);
    }

    @Test
    void without_a_caller_the_shop_cancelled_it() throws IOException {
        assertThat(cancelledBy(MetaData.with("requestId", "r-1"))).isEqualTo(CancelledBy.SHOP);
    }
}
