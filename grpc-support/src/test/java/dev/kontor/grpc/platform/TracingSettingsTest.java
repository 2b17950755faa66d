package dev.kontor.grpc.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.mock.env.MockEnvironment;

class TracingSettingsTest {

    private static final String SPANS_OF_CALLS = "spring.grpc.client.observation.enabled";
    private static final String[] CANDIDATES = {
        "org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration",
        "org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration",
        "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration",
        null
    };

    private final MockEnvironment settings = new MockEnvironment();

    private void apply() {
        new TracingSettings().postProcessEnvironment(settings, new SpringApplication());
    }

    private boolean[] kept() {
        TracingOnDemand filter = new TracingOnDemand();
        filter.setEnvironment(settings);
        return filter.match(CANDIDATES, null);
    }

    @Test
    void without_an_endpoint_there_is_nothing_of_it() {
        settings.setProperty(TracingSettings.ENDPOINT, " ");
        settings.setProperty(TracingSettings.SAMPLING, "many");

        apply();

        assertThat(settings.containsProperty(SPANS_OF_CALLS)).isFalse();
        assertThat(kept()).containsExactly(false, false, true, true);
    }

    @Test
    void an_endpoint_switches_all_parts_on() {
        settings.setProperty(TracingSettings.ENDPOINT, "https://collector.example:4318/v1/traces");
        settings.setProperty(TracingSettings.SAMPLING, "0.25");
        settings.setProperty(SPANS_OF_CALLS, "false");

        apply();

        assertThat(settings.getProperty(SPANS_OF_CALLS)).isEqualTo("true");
        assertThat(settings.getProperty("management.tracing.sampling.probability"))
                .isEqualTo("0.25");
        assertThat(kept()).containsOnly(true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:4318", "ftp://collector/v1", "http:///v1/traces", "http://a b", "collector"})
    void an_endpoint_that_is_no_address_is_refused(String endpoint) {
        settings.setProperty(TracingSettings.ENDPOINT, endpoint);

        assertThatExceptionOfType(StartException.class)
                .isThrownBy(this::apply)
                .withMessageContaining(TracingSettings.ENDPOINT)
                .withMessageContaining("'" + endpoint + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0.1", "1.1", "NaN", "all", "50 %"})
    void a_part_that_is_none_is_refused(String sampling) {
        settings.setProperty(TracingSettings.ENDPOINT, "http://localhost:4318/v1/traces");
        settings.setProperty(TracingSettings.SAMPLING, sampling);

        assertThatExceptionOfType(StartException.class)
                .isThrownBy(this::apply)
                .withMessage("kontor.tracing.sampling must be a number from 0 to 1, not '%s'", sampling);
    }
}
