package dev.kontor.gateway.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kontor.grpc.platform.StartException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {

    @Test
    void no_proxy_is_trusted_by_default() {
        TrustedProxies none = new TrustedProxies(List.of());

        assertThat(none.isEmpty()).isTrue();
        assertThat(none.test("127.0.0.1")).isFalse();
        assertThat(none.test("10.0.0.1")).isFalse();
    }

    @Test
    void addresses_and_blocks_of_both_kinds_are_trusted() {
        TrustedProxies named = new TrustedProxies(List.of("10.1.0.0/16", " 192.0.2.7", "2001:db8::/32", "::1"));

        assertThat(List.of("10.1.2.3", "192.0.2.7", "2001:db8::5", "::1")).allMatch(named::test);
        assertThat(List.of("10.2.0.1", "192.0.2.8", "2001:db9::5", "::2")).noneMatch(named::test);
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy", "10.0.0.0/33", "", "/8", "10.0.0.1-10.0.0.9", "10\\..*"})
    void any_other_text_is_refused_with_the_name_of_the_setting(String named) {
        assertThatThrownBy(() -> new TrustedProxies(List.of(named)))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("kontor.http.trusted-proxies");
    }
}
