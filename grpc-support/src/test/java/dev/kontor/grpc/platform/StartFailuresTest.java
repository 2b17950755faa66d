package dev.kontor.grpc.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.BindException;
import java.nio.file.AccessDeniedException;
import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.mock.env.MockEnvironment;

class StartFailuresTest {

    private final MockEnvironment settings = new MockEnvironment();

    private FailureAnalysis analysis(Throwable cause) {
        return new StartFailures(settings).analyze(new IllegalStateException("A bean cannot be made", cause));
    }

    @Test
    void the_message_of_a_start_exception_is_shown() {
        assertThat(analysis(new StartException("KONTOR_GATEWAY_KEY is empty.")).getDescription())
                .isEqualTo("KONTOR_GATEWAY_KEY is empty.");
    }

    @Test
    void a_defect_keeps_its_stack_trace() {
        assertThat(analysis(new IllegalStateException("a defect"))).isNull();
        assertThat(analysis(new IllegalArgumentException("a defect"))).isNull();
    }

    @Test
    void a_file_without_access_is_named() {
        assertThat(analysis(new AccessDeniedException("/data/log")).getDescription())
                .startsWith("/data/log cannot be used: user ");
    }

    @Test
    void an_address_of_another_machine_is_named() {
        settings.setProperty("server.address", "127.0.0.1");
        settings.setProperty("management.server.address", "192.0.2.1");

        assertThat(analysis(new BindException("any text")).getDescription())
                .isEqualTo("This machine has no address 192.0.2.1 to listen on");
    }

    @Test
    void a_port_in_use_at_an_address_of_this_machine_is_left_to_other_analyzers() {
        settings.setProperty("server.address", "127.0.0.1");

        assertThat(analysis(new BindException("any text"))).isNull();
        assertThat(new StartFailures(null).analyze(new BindException("any text")))
                .isNull();
    }
}
