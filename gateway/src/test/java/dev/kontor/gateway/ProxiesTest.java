package dev.kontor.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which proxies' reports of a client's address are trusted; observed by the rate limit of one address. */
class ProxiesTest {

    private final SocketSide side = new SocketSide();
    private RunningGateway gateway;

    @AfterEach
    void stop() {
        if (gateway != null) {
            gateway.close();
        }
        side.close();
    }

    private void start(String... settings) {
        List<String> all = new ArrayList<>(List.of(settings));
        all.add("--kontor.command-side=" + side.target());
        all.add("--kontor.query-side=" + side.target());
        gateway = new RunningGateway(all.toArray(String[]::new));
    }

    @Test
    void no_proxy_is_trusted_by_default_not_even_on_kubernetes() {
        start("--spring.main.cloud-platform=kubernetes", "--kontor.limits.sign-up.per-address=1/1h");

        gateway.signUp("X-Forwarded-For", "203.0.113.1").hasStatus(400);
        gateway.signUp("X-Forwarded-For", "203.0.113.2").hasStatus(429);
    }

    @Test
    void a_named_proxy_is_trusted() {
        start("--kontor.http.trusted-proxies=127.0.0.1/32,10.0.0.0/8", "--kontor.limits.sign-up.per-address=1/1h");

        gateway.signUp("X-Forwarded-For", "203.0.113.1").hasStatus(400);
        gateway.signUp("X-Forwarded-For", "203.0.113.2").hasStatus(400);
        gateway.signUp("X-Forwarded-For", "203.0.113.2, 10.0.0.5").hasStatus(429);
    }

    @Test
    void connections_of_a_client_through_a_proxy_count_for_one_address() {
        start("--kontor.http.trusted-proxies=127.0.0.1/32", "--kontor.limits.sign-up.per-address=1/1h");

        gateway.signUp("X-Forwarded-For", "203.0.113.1:4711").hasStatus(400);
        gateway.signUp("X-Forwarded-For", "203.0.113.1:4712").hasStatus(429);
        gateway.signUp("X-Forwarded-For", "203.0.113.1").hasStatus(429);
        gateway.signUp("X-Forwarded-For", "[2001:db8::1]:4711").hasStatus(400);
        gateway.signUp("X-Forwarded-For", "2001:db8::2").hasStatus(429);
    }

    @Test
    void other_proxies_are_not_trusted() {
        start("--kontor.http.trusted-proxies=192.168.0.0/16", "--kontor.limits.sign-up.per-address=1/1h");

        gateway.signUp("X-Forwarded-For", "203.0.113.1").hasStatus(400);
        gateway.signUp("X-Forwarded-For", "203.0.113.2").hasStatus(429);
    }

    @Test
    void a_configuration_that_trusts_all_proxies_is_refused() {
        assertThatThrownBy(() -> start("--server.forward-headers-strategy=native"))
                .hasStackTraceContaining("kontor.http.trusted-proxies");
        assertThatThrownBy(() -> start("--kontor.http.trusted-proxies=all"))
                .hasStackTraceContaining("kontor.http.trusted-proxies names \"all\"");
        assertThat(gateway).isNull();
    }
}
