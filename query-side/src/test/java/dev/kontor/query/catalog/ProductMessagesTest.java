package dev.kontor.query.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.api.catalog.Description;
import dev.kontor.api.catalog.Money;
import dev.kontor.api.catalog.StockLevel;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.proto.catalog.Product;
import org.junit.jupiter.api.Test;

class ProductMessagesTest {

    private static final ProductDocument LAMP = new ProductDocument(
            "lamp",
            new Description("Lamp", "", "light"),
            "lamp",
            "light",
            new Money(1, "EUR"),
            new StockLevel(1, 0),
            new CustomerId("00000000-0000-7000-8000-000000000001"),
            true,
            0,
            0,
            0,
            0);

    @Test
    void the_same_document_and_name_have_the_same_message() {
        ProductMessages messages = new ProductMessages(true);
        Product message = messages.of(LAMP, "Ann");

        assertThat(messages.of(LAMP, "Ann")).isSameAs(message);
        assertThat(messages.of(LAMP, "Anne").getSellerName()).isEqualTo("Anne");
        assertThat(messages.of(LAMP.ordered(LAMP.stock(), 1), "Ann").getVersion())
                .isEqualTo(1);
    }

    @Test
    void documents_that_are_decoded_for_each_read_are_not_kept() {
        ProductMessages messages = new ProductMessages(false);

        assertThat(messages.of(LAMP, "Ann")).isEqualTo(messages.of(LAMP, "Ann")).isNotSameAs(messages.of(LAMP, "Ann"));
    }
}
