package dev.kontor.deploy.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.IntStream;
import org.yaml.snakeyaml.error.YAMLException;

/** Validates files like Kubernetes, Istio, cert-manager and the Prometheus operator. */
final class KubernetesSchema {

    private static final ObjectMapper STRICT = Strict.mapper().build();
    private static final Map<String, Class<? extends HasMetadata>> KINDS = kinds();
    private static final String KUBERNETES_OWN = "io.kubernetes.client.openapi.models.";

    private KubernetesSchema() {}

    /** @return a sentence for each mistake in complete objects, empty if there is none */
    static List<String> mistakes(String yaml) {
        return mistakes(yaml, true);
    }

    /** @return the same for patches, which need not have all that such an object must have */
    static List<String> mistakesOfPatch(String yaml) {
        return mistakes(yaml, false);
    }

    private static List<String> mistakes(String yaml, boolean whole) {
        List<String> found = new ArrayList<>();
        try {
            for (Map<String, Object> object : Yaml.documents(yaml)) {
                String name = "%s %s".formatted(object.get("kind"), nameOf(object));
                fieldsAndTypes(object)
                        .or(() -> whole ? whatMustBeThere(object) : Optional.empty())
                        .ifPresent(mistake -> found.add(name + ": " + mistake));
            }
        } catch (YAMLException e) {
            found.add(e.getMessage());
        }
        return found;
    }

    private static Optional<String> fieldsAndTypes(Map<String, Object> object) {
        Class<? extends HasMetadata> type = KINDS.get(object.get("apiVersion") + "/" + object.get("kind"));
        if (type == null) {
            return Optional.of("there is no such kind in " + object.get("apiVersion"));
        }
        try {
            JsonNode read = STRICT.valueToTree(STRICT.convertValue(object, type));
            return firstLost("", STRICT.valueToTree(object), read);
        } catch (IllegalArgumentException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** An unknown enum value is read as nothing, so it is missing in the result. */
    private static Optional<String> firstLost(String path, JsonNode written, JsonNode read) {
        if (written.isValueNode()) {
            return read.isValueNode() && !read.isNull() || written.isNull()
                    ? Optional.empty()
                    : Optional.of("%s cannot be %s".formatted(path, written));
        }
        if (written.isArray()) {
            return IntStream.range(0, written.size())
                    .mapToObj(i -> firstLost(path + "[" + i + "]", written.get(i), read.path(i)))
                    .flatMap(Optional::stream)
                    .findFirst();
        }
        return written.properties().stream()
                .map(field -> firstLost(path + "." + field.getKey(), field.getValue(), read.path(field.getKey())))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Only Kubernetes' own kinds have types for this. */
    private static Optional<String> whatMustBeThere(Map<String, Object> object) {
        String[] groupAndVersion = String.valueOf(object.get("apiVersion")).split("/");
        String version = groupAndVersion[groupAndVersion.length - 1];
        boolean own = groupAndVersion.length == 1
                || !groupAndVersion[0].contains(".")
                || groupAndVersion[0].endsWith(".k8s.io");
        if (!own) {
            return Optional.empty();
        }
        try {
            String type = KUBERNETES_OWN
                    + version.substring(0, 1).toUpperCase(Locale.ROOT)
                    + version.substring(1)
                    + object.get("kind");
            Class.forName(type)
                    .getMethod("validateJsonElement", JsonElement.class)
                    .invoke(null, JsonParser.parseString(STRICT.writeValueAsString(object)));
            return Optional.empty();
        } catch (InvocationTargetException e) {
            return Optional.of(e.getCause().getMessage());
        } catch (ReflectiveOperationException | JsonProcessingException e) {
            throw new AssertionError("cannot check " + object.get("kind"), e);
        }
    }

    private static Object nameOf(Map<String, Object> object) {
        return object.get("metadata") instanceof Map<?, ?> metadata ? metadata.get("name") : "without a name";
    }

    private static Map<String, Class<? extends HasMetadata>> kinds() {
        Map<String, Class<? extends HasMetadata>> kinds = new HashMap<>();
        ServiceLoader.load(KubernetesResource.class).stream()
                .map(ServiceLoader.Provider::type)
                .filter(HasMetadata.class::isAssignableFrom)
                .map(type -> type.<HasMetadata>asSubclass(HasMetadata.class))
                .forEach(type -> kinds.put(HasMetadata.getApiVersion(type) + "/" + HasMetadata.getKind(type), type));
        return Map.copyOf(kinds);
    }
}
