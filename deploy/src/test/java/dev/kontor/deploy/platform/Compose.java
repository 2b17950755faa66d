package dev.kontor.deploy.platform;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The part of the Compose specification that Kontor's files use. Any other content is a mistake, or has to be added
 * here.
 */
record Compose(
        @JsonProperty(required = true) String name,
        @JsonProperty(required = true) Map<String, Service> services,
        Map<String, Object> networks,
        Map<String, Object> volumes,
        Map<String, Secret> secrets) {

    private static final ObjectMapper STRICT = Strict.mapper()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    record Service(
            @JsonProperty(required = true) String image,
            List<String> profiles,
            String restart,
            String stopGracePeriod,
            boolean readOnly,
            List<String> tmpfs,
            List<String> capDrop,
            List<String> capAdd,
            List<String> securityOpt,
            Deploy deploy,
            List<String> networks,
            List<String> ports,
            List<String> entrypoint,
            List<String> command,
            Map<String, String> environment,
            List<String> secrets,
            List<String> volumes,
            Map<String, DependsOn> dependsOn,
            Logging logging,
            Healthcheck healthcheck) {}

    record Logging(
            @JsonProperty(required = true) String driver,
            @JsonProperty(required = true) Map<String, String> options) {}

    record Deploy(Resources resources) {}

    record Resources(Limits limits) {}

    record Limits(String memory) {}

    record DependsOn(String condition) {}

    record Healthcheck(List<String> test, String interval, String timeout, int retries, String startPeriod) {}

    record Secret(@JsonProperty(required = true) String file) {}

    /** @throws RuntimeException that names the mistake in an invalid file */
    static Compose read(String text) {
        Map<String, Object> document = new LinkedHashMap<>(Yaml.documents(text).getFirst());
        document.keySet().removeIf(key -> key.startsWith("x-"));
        return STRICT.convertValue(document, Compose.class);
    }
}
