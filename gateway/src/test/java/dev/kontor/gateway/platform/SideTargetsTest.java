package dev.kontor.gateway.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

class SideTargetsTest {

    private final MockEnvironment settings = new MockEnvironment();
    private final SideTargets targets = new SideTargets(settings);

    @Test
    void a_gateway_that_has_nothing_to_show_the_sides_says_what_is_missing() {
        assertThatThrownBy(() -> targets.proofFor("command-side"))
                .isInstanceOf(UnusableProof.class)
                .hasMessageContaining("KONTOR_GATEWAY_KEY");

        settings.setProperty("KONTOR_GATEWAY_KEY", "secret");

        assertThatThrownBy(() -> targets.proofFor("command-side"))
                .isInstanceOf(UnusableProof.class)
                .hasMessageContaining("KONTOR_GATEWAY_KEY");
    }

    @Test
    void what_is_missing_is_said_in_a_sentence() {
        UnusableProof cause = new UnusableProof("KONTOR_GATEWAY_KEY is empty.");

        assertThat(new GatewayStartFailures(settings)
                        .analyze(new IllegalStateException("a bean", cause))
                        .getDescription())
                .isEqualTo("KONTOR_GATEWAY_KEY is empty.");
        assertThat(new GatewayStartFailures(settings).analyze(new IllegalStateException("another")))
                .isNull();
    }

    @Test
    void a_key_or_mutual_tls_will_do() {
        settings.setProperty("spring.grpc.client.channel.query-side.ssl.bundle", "kontor");
        assertThat(targets.proofFor("query-side")).isEmpty();

        settings.setProperty("KONTOR_GATEWAY_KEY", "cFz0iGDWVeTYkMsoHTPmZh7jLpiZTq8Skt8Y/eYyxzM=");
        assertThat(targets.proofFor("query-side")).isPresent();
    }
}
