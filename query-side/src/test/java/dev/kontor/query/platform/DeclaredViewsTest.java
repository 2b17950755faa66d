package dev.kontor.query.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.query.cart.CartDocument;
import dev.kontor.query.catalog.ProductDocument;
import dev.kontor.query.customer.CustomerDocument;
import dev.kontor.query.identity.SessionDocument;
import dev.kontor.query.order.OrderDocument;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * {@code views.txt} has the records and indexes of each view under its schema. A change of them needs another schema of
 * the view. To write the views whose schema was raised, and no others:
 * {@code ./mvnw -pl query-side test -Dtest=DeclaredViewsTest -Dviews.write=true}.
 */
class DeclaredViewsTest {

    private static final Path WRITTEN_DOWN = Path.of("src/test/resources/views.txt");
    static final List<View> VIEWS = List.of(
            CartDocument.VIEW, ProductDocument.VIEW, CustomerDocument.VIEW, OrderDocument.VIEW, SessionDocument.VIEW);

    @Test
    void a_view_that_stores_something_else_has_another_schema() throws IOException {
        if (Boolean.getBoolean("views.write")) {
            Map<String, String> before = writtenDown();
            Files.writeString(
                    WRITTEN_DOWN,
                    VIEWS.stream()
                            .map(view -> before.getOrDefault(
                                            heading(view), text(view).strip()) + "\n")
                            .collect(Collectors.joining("\n")));
        }
        Map<String, String> writtenDown = writtenDown();

        for (View view : VIEWS) {
            assertThat(writtenDown)
                    .as(
                            "%s: this schema is not written down yet, or was changed: raise it, and run with -Dviews.write=true"
                                    .formatted(view))
                    .containsEntry(heading(view), text(view).strip());
        }
        assertThat(writtenDown).hasSameSizeAs(VIEWS);
    }

    private static Map<String, String> writtenDown() throws IOException {
        Map<String, String> writtenDown = new TreeMap<>();
        for (String view : Files.readString(WRITTEN_DOWN).split("\n\n")) {
            writtenDown.put(view.lines().findFirst().orElseThrow(), view.strip());
        }
        return writtenDown;
    }

    private static String heading(View view) {
        return "%s, schema %d".formatted(view.name(), view.schema());
    }

    private static String text(View view) {
        StringBuilder text = new StringBuilder(heading(view) + "\n");
        for (DocumentType<?> type : view.documents()) {
            text.append("  %s %s%n".formatted(type.name(), fields(type.record())));
            type.indexes().forEach(index -> text.append("    %s %s%n".formatted(index.name(), index.fields())));
            nested(type.record())
                    .forEach((record, fields) -> text.append("    %s %s%n".formatted(record.getSimpleName(), fields)));
        }
        return text.toString();
    }

    private static String fields(Class<?> record) {
        return Arrays.stream(record.getRecordComponents())
                .map(field -> field.getName() + " " + name(field.getGenericType()))
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private static String name(Type type) {
        return type.getTypeName().replaceAll("[a-z.]+\\.(?:[A-Z]\\w*\\$)?(?=[A-Z])", "");
    }

    /** Records within a record, however deep. */
    private static Map<Class<?>, String> nested(Class<?> record) {
        Map<Class<?>, String> nested = new LinkedHashMap<>();
        for (RecordComponent field : record.getRecordComponents()) {
            Type type = field.getGenericType() instanceof ParameterizedType list
                    ? list.getActualTypeArguments()[0]
                    : field.getGenericType();
            if (type instanceof Class<?> inner && inner.isRecord()) {
                nested.put(inner, fields(inner));
                nested.putAll(nested(inner));
            }
        }
        return nested;
    }
}
