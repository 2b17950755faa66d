package dev.kontor.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Fails where {@code docs/handbook.md} names a class or a member that was removed or renamed. */
class HandbookPageTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern NAME = Pattern.compile("`([A-Z][a-z]\\w+)(?:\\.(\\w+))?`");
    private static final Pattern DECLARED =
            Pattern.compile("(?:class|record|interface|enum|message|service) ([A-Z]\\w+)");
    /** The page's examples of something new, and names of libraries. */
    private static final Set<String> ELSEWHERE =
            Set.of("ProductRelisted", "RelistProduct", "NoSuchMethodError", "ConditionTimeoutException");

    /** Names of types to the sources that declare them. */
    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new TreeMap<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path module : modules.map(module -> module.resolve("src"))
                    .filter(Files::isDirectory)
                    .toList()) {
                try (Stream<Path> files = Files.walk(module)) {
                    List<Path> all = files.filter(file -> file.toString().endsWith(".java")
                                    || file.toString().endsWith(".proto"))
                            .toList();
                    for (Path file : all) {
                        String source = Files.readString(file);
                        DECLARED.matcher(source)
                                .results()
                                .forEach(type -> sources.merge(type.group(1), source, String::concat));
                    }
                }
            }
        }
        return sources;
    }

    @Test
    void every_class_on_the_page_exists() throws IOException {
        Map<String, String> sources = sources();
        Set<String> named = new TreeSet<>();
        Set<String> missing = new TreeSet<>();
        Matcher name = NAME.matcher(Files.readString(ROOT.resolve("docs/handbook.md")));
        while (name.find()) {
            named.add(name.group(1));
            String source = sources.getOrDefault(name.group(1), "");
            boolean isThere = name.group(2) == null ? !source.isEmpty() : source.contains(name.group(2));
            if (!isThere && !ELSEWHERE.contains(name.group(1))) {
                missing.add(name.group());
            }
        }

        assertThat(named).hasSizeGreaterThan(50);
        assertThat(missing).isEmpty();
    }
}
