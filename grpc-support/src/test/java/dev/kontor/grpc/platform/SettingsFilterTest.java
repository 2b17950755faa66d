package dev.kontor.grpc.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsFilterTest {

    private static boolean takes(SettingsFilter settings, String name) {
        return settings.own(new TreeMap<>(Map.of(name, "value"))).containsKey(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DEBUG",
                "TRACE",
                "LOGGING_LEVEL_ROOT",
                "LOGGING_CONFIG",
                "SPRING_APPLICATION_JSON",
                "SPRING_CONFIG_LOCATION",
                "SPRING_CONFIG_NAME",
                "SPRING_MAIN_LAZYINITIALIZATION",
                "SERVER_PORT",
                "MANAGEMENT_SERVER_PORT",
                "MANAGEMENT_ENDPOINTS_WEB_EXPOSURE_INCLUDE",
                "KUBERNETES_SERVICE_HOST",
                "PATH"
            })
    void variables_of_other_programs_are_not_settings(String name) {
        assertThat(takes(SettingsFilter.ofOneProcess(), name)).isFalse();
        assertThat(takes(SettingsFilter.ofSeveralProcesses(), name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SERVER_ADDRESS",
                "MANAGEMENT_SERVER_ADDRESS",
                "SPRING_GRPC_SERVER_ADDRESS",
                "SPRING_MONGODB_URI",
                "SPRING_PROFILES_ACTIVE",
                "AXON_AXONSERVER_SERVERS"
            })
    void documented_variables_of_sides_and_gateways_are_settings_of_these_only(String name) {
        assertThat(takes(SettingsFilter.ofOneProcess(), name)).isFalse();
        assertThat(takes(SettingsFilter.ofSeveralProcesses(), name)).isTrue();
    }

    @Test
    void variables_of_kontor_are_settings_of_every_process() {
        assertThat(takes(SettingsFilter.ofOneProcess(), "KONTOR_CURRENCY")).isTrue();
        assertThat(takes(SettingsFilter.ofSeveralProcesses(), "KONTOR_CURRENCY"))
                .isTrue();
    }
}
