package dev.kontor.side.platform;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kontor.grpc.platform.StartException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.grpc.server.GrpcServerFactory;
import org.springframework.grpc.server.NettyGrpcServerFactory;

class GrpcServerConfigurationTest {

    private static final String KEY = "cFz0iGDWVeTYkMsoHTPmZh7jLpiZTq8Skt8Y/eYyxzM=";

    private final GrpcServerConfiguration configuration = new GrpcServerConfiguration();

    @Test
    void a_side_that_cannot_authenticate_gateways_does_not_start() {
        assertThatThrownBy(() -> configuration.gatewaysOnly("", "none"))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("KONTOR_GATEWAY_KEY")
                .hasMessageContaining("mutual TLS");
        assertThatThrownBy(() -> configuration.gatewaysOnly(" ", "optional")).isInstanceOf(StartException.class);
        assertThatThrownBy(() -> configuration.gatewaysOnly("secret", "none"))
                .hasMessageContaining("KONTOR_GATEWAY_KEY");
    }

    @Test
    void a_key_or_mutual_tls_suffices() {
        assertThatCode(() -> configuration.gatewaysOnly(KEY, "none")).doesNotThrowAnyException();
        assertThatCode(() -> configuration.gatewaysOnly("", "require")).doesNotThrowAnyException();
    }

    @Test
    void a_port_that_is_taken_is_a_start_failure_that_names_it() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            GrpcServerFactory server =
                    new NettyGrpcServerFactory("127.0.0.1:" + taken.getLocalPort(), List.of(), null, null, null);

            assertThatThrownBy(() -> GrpcServerConfiguration.listening(server, Duration.ZERO, event -> {})
                            .start())
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining(Integer.toString(taken.getLocalPort()))
                    .hasMessageContaining("Set another port");
        }
    }
}
