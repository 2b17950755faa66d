package dev.kontor.gateway.platform;

import dev.kontor.gateway.Gateway;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Bounds and examples of the members of all requests and answers, and the texts of parameters. The file {@code api.json}
 * names them; a member that it does not name gets the bounds that hold for every value of the API.
 */
final class ApiMembers {

    /** Characters: {@link WellFormedTexts} refuses longer texts. */
    private static final int USUAL_TEXT = 20_000;

    private static final int USUAL_LIST = 100;

    /** Some versions and positions are -1 before the first event. */
    private static final BigDecimal SMALLEST = BigDecimal.valueOf(-1);

    /** The largest whole number that every JSON parser keeps. */
    private static final BigDecimal LARGEST = BigDecimal.valueOf((1L << 53) - 1);

    private static final BigDecimal LARGEST_INT = BigDecimal.valueOf(Integer.MAX_VALUE);

    private record Member(
            String description,
            String format,
            String pattern,
            Integer minLength,
            Integer maxLength,
            BigDecimal minimum,
            BigDecimal maximum,
            Integer maxItems,
            Object example) {

        static final Member UNKNOWN = new Member(null, null, null, null, null, null, null, null, null);
    }

    /**
     * @param members by name, or by the names of schema and member
     * @param parameters by name, or by operation or tag and name
     * @param problems the operations and tags of a problem that occurs only there
     */
    private record Page(
            Map<String, Member> members, Map<String, Member> parameters, Map<String, Set<String>> problems) {}

    private final Page page;

    ApiMembers() {
        try (InputStream file = Gateway.class.getResourceAsStream("api.json")) {
            page = JsonMapper.builder().build().readValue(file, Page.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a problem of the operation's status can be an answer to it. */
    boolean isOf(Operation operation, String code) {
        Set<String> places = page.problems().get(code);
        return places == null
                || places.contains(operation.getOperationId())
                || operation.getTags().stream().anyMatch(places::contains);
    }

    /** Sets the bounds of a component's members. */
    void bound(String name, Schema<?> component) {
        if (component.getProperties() != null) {
            component.getProperties().forEach((member, schema) -> bound(schema, of(name, member)));
        }
    }

    void bound(Operation operation, Parameter parameter) {
        Member known = lookUp(
                page.parameters(),
                Stream.concat(
                        Stream.concat(Stream.of(operation.getOperationId()), operation.getTags().stream())
                                .map(place -> place + "." + parameter.getName()),
                        Stream.of(parameter.getName())));
        // springdoc uses one schema for several parameters.
        if (parameter.getSchema() != null) {
            parameter.setSchema(copyOf(parameter.getSchema()));
        }
        bound(parameter.getSchema(), known);
        if (known.description() != null && parameter.getDescription() == null) {
            parameter.setDescription(known.description());
        }
        if (known.example() != null) {
            parameter.setExample(known.example());
        }
    }

    private static Schema<?> copyOf(Schema<?> shared) {
        Schema<Object> own = new Schema<>();
        own.setTypes(types(shared));
        own.setFormat(shared.getFormat());
        own.setMinimum(shared.getMinimum());
        own.setMaximum(shared.getMaximum());
        own.setMaxLength(shared.getMaxLength());
        own.setPattern(shared.getPattern());
        own.setItems(shared.getItems());
        if (shared.getDefault() != null) {
            // Null would be a default.
            own.setDefault(shared.getDefault());
        }
        if (shared.getEnum() != null) {
            shared.getEnum().forEach(own::addEnumItemObject);
        }
        return own;
    }

    /** An example of a member; null if the file has none. */
    Object example(String schema, String member) {
        return of(schema, member).example();
    }

    private Member of(String schema, String member) {
        return lookUp(page.members(), Stream.of(schema + "." + member, member));
    }

    private static Member lookUp(Map<String, Member> known, Stream<String> names) {
        return names.map(known::get)
                .filter(member -> member != null)
                .findFirst()
                .orElse(Member.UNKNOWN);
    }

    /** Bounds of a value that no file names. */
    static void bound(Schema<?> schema) {
        bound(schema, Member.UNKNOWN);
    }

    private static void bound(Schema<?> schema, Member known) {
        if (schema == null || schema.get$ref() != null) {
            return;
        }
        Set<String> types = types(schema);
        if (types.contains("string") && schema.getEnum() == null) {
            schema.setMaxLength(first(schema.getMaxLength(), known.maxLength(), USUAL_TEXT));
            schema.setMinLength(first(schema.getMinLength(), known.minLength(), null));
            schema.setPattern(first(schema.getPattern(), known.pattern(), null));
            schema.setFormat(first(schema.getFormat(), known.format(), null));
        } else if (types.contains("integer")) {
            schema.setFormat(first(schema.getFormat(), null, "int64"));
            boolean isInt = schema.getFormat().equals("int32");
            schema.setMinimum(first(schema.getMinimum(), known.minimum(), SMALLEST));
            schema.setMaximum(first(schema.getMaximum(), known.maximum(), isInt ? LARGEST_INT : LARGEST));
        } else if (types.contains("array")) {
            schema.setMaxItems(first(schema.getMaxItems(), known.maxItems(), USUAL_LIST));
            bound(schema.getItems(), Member.UNKNOWN);
        }
        for (List<Schema<?>> parts : List.of(parts(schema.getAnyOf()), parts(schema.getOneOf()))) {
            parts.forEach(ApiMembers::bound);
        }
    }

    @SuppressWarnings({"rawtypes", "unchecked"})
    private static List<Schema<?>> parts(List<Schema> parts) {
        return parts == null ? List.of() : (List<Schema<?>>) (List) parts;
    }

    private static <T> T first(T described, T known, T otherwise) {
        return described != null ? described : known != null ? known : otherwise;
    }

    static Set<String> types(Schema<?> schema) {
        if (schema.getTypes() != null) {
            return schema.getTypes();
        }
        return schema.getType() == null ? Set.of() : Set.of(schema.getType());
    }
}
