package dev.kontor.standalone.tools.axonserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kontor.standalone.tools.console.Arguments;
import dev.kontor.standalone.tools.console.UsageException;
import dev.kontor.standalone.tools.transfer.ExportTool;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerAddressesTest {

    private static ServerAddresses of(String servers) {
        Arguments arguments =
                Arguments.parse(new ExportTool(), List.of("FILE", "--from", "axon-server", "--server", servers));
        return ServerAddresses.of(arguments, Map.of());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "axon | axon:8124",
                "axon:8125 | axon:8125",
                "127.0.0.1:1, axon | 127.0.0.1:1,axon:8124",
                "[::1] | [::1]:8124",
                "[::1]:8125 | [::1]:8125"
            })
    void each_has_a_host_and_a_port(String servers, String named) {
        assertThat(of(servers).name()).isEqualTo("Axon Server at " + named);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ":8124", "axon:", "axon:0", "axon:70000", "axon:x", "::1", "2001:db8::7:8124", "]:8124:1"})
    void an_invalid_address_is_named(String server) {
        assertThatThrownBy(() -> of(server))
                .isInstanceOf(UsageException.class)
                .hasMessage("'%s' is no HOST:PORT".formatted(server));
    }
}
