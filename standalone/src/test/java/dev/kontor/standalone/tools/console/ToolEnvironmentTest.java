package dev.kontor.standalone.tools.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolEnvironmentTest {

    @TempDir
    private Path secrets;

    @Test
    void a_secret_may_be_a_file_as_in_an_image() throws IOException {
        Files.writeString(secrets.resolve("spring.mongodb.uri"), "mongodb://kontor:word@mongodb:27017/kontor\n");
        Files.writeString(secrets.resolve("axon.axonserver.token"), "token");

        assertThat(ToolEnvironment.with(Map.of("HOME", "/"), secrets))
                .containsEntry("SPRING_MONGODB_URI", "mongodb://kontor:word@mongodb:27017/kontor")
                .containsEntry("AXON_AXONSERVER_TOKEN", "token")
                .containsEntry("HOME", "/");
    }

    @Test
    void a_variable_has_precedence_over_a_file() throws IOException {
        Files.writeString(secrets.resolve("spring.mongodb.uri"), "mongodb://file");

        assertThat(ToolEnvironment.with(Map.of("SPRING_MONGODB_URI", "mongodb://variable"), secrets))
                .containsOnly(Map.entry("SPRING_MONGODB_URI", "mongodb://variable"));
    }

    @Test
    void without_files_only_the_variables_are_read() {
        assertThat(ToolEnvironment.with(Map.of("HOME", "/"), secrets.resolve("none")))
                .containsOnly(Map.entry("HOME", "/"));
    }
}
