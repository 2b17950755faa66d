package dev.kontor.grpc.platform;

import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/** Leaves Boot's beans for tracing out unless there is an endpoint, so that tracing costs nothing where it is off. */
final class TracingOnDemand implements AutoConfigurationImportFilter, EnvironmentAware {

    private static final List<String> TRACING =
            List.of("org.springframework.boot.opentelemetry.", "org.springframework.boot.micrometer.tracing.");

    private boolean isOn;

    @Override
    public void setEnvironment(Environment settings) {
        isOn = TracingSettings.isOn(settings);
    }

    @Override
    public boolean[] match(String[] classes, AutoConfigurationMetadata metadata) {
        boolean[] matches = new boolean[classes.length];
        for (int i = 0; i < classes.length; i++) {
            String candidate = classes[i];
            matches[i] = isOn || candidate == null || TRACING.stream().noneMatch(candidate::startsWith);
        }
        return matches;
    }
}
