package dev.kontor.gateway.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.gateway.GraphQlTest;
import graphql.schema.idl.SchemaPrinter;
import graphql.schema.idl.SchemaPrinter.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** {@code -Ddocs.write=true} writes the page. */
class GraphQlSchemaTest extends GraphQlTest {

    private static final Path PAGE = Path.of("../docs/api/schema.graphql");

    @Autowired
    private GraphQlEngine engine;

    @Test
    void the_published_schema_is_the_one_that_is_served() throws IOException {
        String served = new SchemaPrinter(Options.defaultOptions()
                        .includeDirectives(false)
                        .includeDirectiveDefinitions(false)
                        .includeSchemaDefinition(false))
                .print(engine.schema());
        if (Boolean.getBoolean("docs.write")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, served);
        }

        assertThat(Files.readString(PAGE)).isEqualTo(served);
    }

    /** A field that no class has would be null in every answer. */
    @Test
    void every_field_has_a_source() {
        assertThat(engine.unmapped()).isEmpty();
    }
}
