package dev.kontor.grpc.platform;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import org.springframework.aot.AotDetector;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;

/** Sets what belongs to tracing in all parts of Kontor once it has an endpoint: the spans of gRPC and of messages. */
final class TracingSettings implements EnvironmentPostProcessor {

    /** Where spans are sent to, by OTLP over HTTP; empty for none. */
    static final String ENDPOINT = "kontor.tracing.endpoint";

    /** The part of the traces that are recorded, from 0 to 1. */
    static final String SAMPLING = "kontor.tracing.sampling";

    static boolean isOn(Environment settings) {
        return !settings.getProperty(ENDPOINT, "").isBlank();
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment settings, SpringApplication application) {
        if (!isOn(settings)) {
            return;
        }
        if (AotDetector.useGeneratedArtifacts()) {
            throw new StartException(
                    "%s is set, but this start takes its beans from the build, where tracing is off: start with --trace-to, or without -Dspring.aot.enabled"
                            .formatted(ENDPOINT));
        }
        Map<String, Object> all = Map.of(
                "management.opentelemetry.tracing.export.otlp.endpoint", endpoint(settings.getProperty(ENDPOINT)),
                "management.tracing.sampling.probability", sampling(settings.getProperty(SAMPLING, "1")),
                "spring.grpc.server.observation.enabled", true,
                "spring.grpc.client.observation.enabled", true,
                // An event is handled in the trace of the call that led to it.
                "axon.tracing.event-processor.distributed-in-same-trace", true,
                "axon.tracing.event-processor.disable-batch-trace", true);
        settings.getPropertySources().addFirst(new MapPropertySource("kontor-tracing", all));
    }

    private static String endpoint(String given) {
        try {
            URI uri = new URI(given.strip());
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return uri.toString();
            }
        } catch (URISyntaxException unreadable) {
            // Answered below.
        }
        throw new StartException(
                "%s must be an address such as http://localhost:4318/v1/traces, not '%s'".formatted(ENDPOINT, given));
    }

    private static double sampling(String given) {
        try {
            double part = Double.parseDouble(given.strip());
            if (part >= 0 && part <= 1) {
                return part;
            }
        } catch (NumberFormatException unreadable) {
            // Answered below.
        }
        throw new StartException("%s must be a number from 0 to 1, not '%s'".formatted(SAMPLING, given));
    }
}
