package dev.kontor.standalone.operations;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedStoresTest {

    @ParameterizedTest
    @ValueSource(ints = {-1, 65_536})
    void a_port_of_the_views_that_cannot_be_is_named(int port) {
        assertThatThrownBy(() -> new EmbeddedStores().embeddedMongo(port, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("kontor.views.port is " + port);
    }
}
