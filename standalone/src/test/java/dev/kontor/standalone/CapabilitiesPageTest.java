package dev.kontor.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Fails if the page names a test that was removed or renamed. */
class CapabilitiesPageTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern NAME = Pattern.compile("`([A-Z][A-Za-z]*(?:IT|Test))(?:\\.(\\w+))?`");

    /** Class names to sources; several modules may have a class of one name. */
    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new HashMap<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path tests : modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .toList()) {
                try (Stream<Path> files = Files.walk(tests)) {
                    for (Path file : files.filter(path -> path.toString().endsWith(".java"))
                            .toList()) {
                        String name = file.getFileName().toString().replace(".java", "");
                        sources.merge(name, Files.readString(file), String::concat);
                    }
                }
            }
        }
        return sources;
    }

    @Test
    void every_test_on_the_page_exists() throws IOException {
        Map<String, String> sources = sources();
        List<String> named = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        NAME.matcher(Files.readString(ROOT.resolve("docs/capabilities.md")))
                .results()
                .forEach(name -> {
                    named.add(name.group());
                    String source = sources.getOrDefault(name.group(1), "");
                    boolean isThere =
                            name.group(2) == null ? !source.isEmpty() : source.contains("void " + name.group(2) + "(");
                    if (!isThere) {
                        missing.add(name.group());
                    }
                });

        assertThat(named).hasSizeGreaterThan(50);
        assertThat(missing).isEmpty();
    }
}
