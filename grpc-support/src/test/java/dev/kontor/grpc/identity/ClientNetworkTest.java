package dev.kontor.grpc.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientNetworkTest {

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.7",
        "203.0.113.7:5061, 203.0.113.7",
        "::ffff:203.0.113.7, 203.0.113.7",
        "[::ffff:203.0.113.7]:80, 203.0.113.7",
        "2001:db8:0:7::1, 20010db800000007",
        "[2001:db8:0:7::2], 20010db800000007",
        "[2001:db8:0:7::3]:5061, 20010db800000007",
        "unknown, unknown",
        "_hidden, _hidden",
        "_hidden:80, _hidden:80",
        "203.0.113.7:, 203.0.113.7:",
        "[]:80, []:80"
    })
    void a_client_has_one_network_in_every_notation_of_its_address(String told, String network) {
        assertThat(ClientNetwork.of(told)).isEqualTo(network);
    }
}
