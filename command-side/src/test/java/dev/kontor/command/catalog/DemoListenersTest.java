package dev.kontor.command.catalog;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.env.MockEnvironment;

class DemoListenersTest {

    private final MockEnvironment settings = new MockEnvironment()
            .withProperty("kontor.demo", "true")
            .withProperty("server.address", "127.0.0.1")
            .withProperty("spring.grpc.server.address", "127.0.0.1");

    @Test
    void the_demo_is_offered_to_this_machine() {
        assertThatCode(() -> new DemoListeners(settings)).doesNotThrowAnyException();
    }

    @Test
    void without_the_demo_every_address_is_allowed() {
        settings.withProperty("kontor.demo", "false").withProperty("server.address", "0.0.0.0");

        assertThatCode(() -> new DemoListeners(settings)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "server.address, 0.0.0.0",
        "server.address, ::",
        "server.address, 192.0.2.7",
        "spring.grpc.server.address, 0.0.0.0"
    })
    void the_demo_is_offered_to_other_machines_only_with_an_explicit_setting(String name, String address) {
        settings.withProperty(name, address);
        assertThatThrownBy(() -> new DemoListeners(settings))
                .hasMessageContainingAll(address, name, "--demo-for-everyone");

        settings.withProperty("kontor.demo-for-everyone", "true");
        assertThatCode(() -> new DemoListeners(settings)).doesNotThrowAnyException();
    }
}
