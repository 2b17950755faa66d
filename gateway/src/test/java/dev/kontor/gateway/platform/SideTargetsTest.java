package dev.kontor.gateway.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kontor.grpc.platform.StartException;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

class SideTargetsTest {

    private final MockEnvironment settings = new MockEnvironment();
    private final SideTargets targets = new SideTargets(settings);

    @Test
    void a_gateway_without_a_key_names_the_missing_setting() {
        assertThatThrownBy(() -> targets.proofFor("command-side"))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("KONTOR_GATEWAY_KEY");

        settings.setProperty("KONTOR_GATEWAY_KEY", "secret");

        assertThatThrownBy(() -> targets.proofFor("command-side"))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("KONTOR_GATEWAY_KEY");
    }

    @Test
    void a_key_or_mutual_tls_suffices() {
        settings.setProperty("spring.grpc.client.channel.query-side.ssl.bundle", "kontor");
        assertThat(targets.proofFor("query-side")).isEmpty();

        settings.setProperty("KONTOR_GATEWAY_KEY", "cFz0iGDWVeTYkMsoHTPmZh7jLpiZTq8Skt8Y/eYyxzM=");
        assertThat(targets.proofFor("query-side")).isPresent();
    }
}
