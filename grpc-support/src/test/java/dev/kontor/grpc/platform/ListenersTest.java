package dev.kontor.grpc.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListenersTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1",
        "localhost, localhost",
        "0.0.0.0, 127.0.0.1",
        "::1, [::1]",
        "[::1], [::1]",
        "::, [::1]",
        "[::], [::1]",
        "0:0:0:0:0:0:0:0, [::1]",
        "2001:db8::7, [2001:db8::7]",
        "fe80::1%eth0, [fe80::1%25eth0]"
    })
    void an_address_can_be_put_into_a_uri(String address, String host) {
        assertThat(Listeners.hostIn(address)).isEqualTo(host);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, true",
        "127.8.8.8, true",
        "localhost, true",
        "::1, true",
        "[::1], true",
        "0.0.0.0, false",
        "::, false",
        "192.168.1.2, false"
    })
    void only_loopback_addresses_keep_other_machines_out(String address, boolean loopback) {
        assertThat(Listeners.isLoopback(address)).isEqualTo(loopback);
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, true", "127.8.8.8, true", "::, true", "192.0.2.1, false", "nothing.invalid, false"})
    void an_address_of_another_machine_is_recognised(String address, boolean here) {
        assertThat(Listeners.isOfThisMachine(address)).isEqualTo(here);
    }

    @Test
    void a_name_that_cannot_be_resolved_is_named() {
        assertThatThrownBy(() -> Listeners.isLoopback("nothing.invalid")).hasMessageContaining("nothing.invalid");
    }
}
