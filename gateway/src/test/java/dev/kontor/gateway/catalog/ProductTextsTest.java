package dev.kontor.gateway.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.gateway.platform.PreparedJson;
import dev.kontor.proto.catalog.Product;
import org.junit.jupiter.api.Test;

class ProductTextsTest {

    private static final Product LAMP = Product.newBuilder().setId("lamp").build();

    @Test
    void the_same_message_is_written_once() {
        ProductTexts texts = new ProductTexts(true);
        PreparedJson text = texts.of(LAMP);

        assertThat(texts.of(LAMP)).isSameAs(text);
        assertThat(texts.of(LAMP.toBuilder().setVersion(1).build())).isNotSameAs(text);
    }

    @Test
    void messages_of_another_process_are_not_kept() {
        ProductTexts texts = new ProductTexts(false);

        assertThat(texts.of(LAMP)).isNotSameAs(texts.of(LAMP));
    }
}
