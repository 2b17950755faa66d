package dev.kontor.side.platform;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class GrpcServerConfigurationTest {

    private static final String KEY = "cFz0iGDWVeTYkMsoHTPmZh7jLpiZTq8Skt8Y/eYyxzM=";

    private final GrpcServerConfiguration configuration = new GrpcServerConfiguration();

    @Test
    void a_side_that_cannot_tell_a_gateway_from_others_does_not_start() {
        assertThatThrownBy(() -> configuration.gatewaysOnly("", "none"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("KONTOR_GATEWAY_KEY")
                .hasMessageContaining("mutual TLS");
        assertThatThrownBy(() -> configuration.gatewaysOnly(" ", "optional")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> configuration.gatewaysOnly("secret", "none"))
                .hasMessageContaining("KONTOR_GATEWAY_KEY");
    }

    @Test
    void a_key_or_mutual_tls_will_do() {
        assertThatCode(() -> configuration.gatewaysOnly(KEY, "none")).doesNotThrowAnyException();
        assertThatCode(() -> configuration.gatewaysOnly("", "require")).doesNotThrowAnyException();
    }
}
