package dev.kontor.grpc.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.util.unit.DataSize;

class UnusableValuesTest {

    private static final Map<String, Object> GOOD = Map.of(
            "a.port", "1", "a.demo", "true", "a.most", "2", "a.wait", "3s", "a.reserve", "4MB", "a.rate", "5/1m");

    static final class Needs {
        Needs(
                @Value("${a.port}") int port,
                @Value("${a.demo}") boolean demo,
                @Value("${a.most:7}") long most,
                @Value("${a.wait}") Duration wait,
                @Value("${a.reserve}") DataSize reserve,
                @Value("${a.rate}") Rate rate) {}
    }

    record Owner(Needs needs) {}

    private static Throwable start(Map<String, Object> settings) {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.getBeanFactory().setConversionService(ApplicationConversionService.getSharedInstance());
            context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("good", GOOD));
            context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("given", settings));
            context.register(Needs.class, Owner.class);
            return catchThrowable(context::refresh);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "a.port, abc, a whole number",
        "a.port, '', a whole number",
        "a.demo, maybe, true or false",
        "a.most, 99999999999999999999, a whole number",
        "a.wait, soon, a time such as 30s",
        "a.reserve, lots, a size such as 512MB",
        "a.rate, often, 'a count and a time such as 10/1m, or off'"
    })
    void an_invalid_setting_is_named_with_the_type_that_it_must_have(String name, String value, String kind) {
        FailureAnalysis analysis = new UnusableValues().analyze(start(Map.of(name, value)));

        assertThat(analysis.getDescription())
                .isEqualTo("The setting %s is '%s', and it must be %s".formatted(name, value, kind));
    }

    record Bound(int most, Rate rate, InetAddress address) {}

    @ParameterizedTest
    @CsvSource({
        "most, many, a whole number",
        "rate, often, 'a count and a time such as 10/1m, or off'",
        "address, no address, an address of this machine"
    })
    void an_invalid_setting_of_a_group_is_named_as_well(String name, String value, String kind) {
        Binder binder = new Binder(
                List.of(new MapConfigurationPropertySource(Map.of("a." + name, value))),
                null,
                ApplicationConversionService.getSharedInstance());
        Throwable failure = catchThrowable(() -> binder.bindOrCreate("a", Bound.class));

        assertThat(new UnusableValues().analyze(failure).getDescription())
                .isEqualTo("The setting a.%s is '%s', and it must be %s".formatted(name, value, kind));
    }

    @Test
    void other_failures_are_left_to_other_analyzers() {
        assertThat(start(Map.of())).isNull();
        assertThat(new UnusableValues().analyze(new IllegalStateException(new IllegalArgumentException())))
                .isNull();
    }

    @Test
    void spring_boot_finds_the_analyzers_of_all_processes() {
        List<FailureAnalyzer> found = SpringFactoriesLoader.forDefaultResourceLocation()
                .load(FailureAnalyzer.class, (type, name, failure) -> {});

        assertThat(found)
                .hasAtLeastOneElementOfType(UnusableValues.class)
                .hasAtLeastOneElementOfType(StartFailures.class);
    }
}
