package dev.kontor.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * {@code docs/operations.md} describes every setting, {@code docs/observability.md} every metric, {@code docs/distributed.md} the settings that
 * only separate processes have.
 */
class SettingsPageTest {

    private static final Path ROOT = Path.of("..");
    /** The page abbreviates: {@code `kontor.log.disk.size`, `.usable`}. */
    private static final Pattern NAMED = Pattern.compile("`(kontor\\.(?:[a-z-]+\\.)*)?\\.?([a-z-]+)`");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(kontor\\.[a-z.-]+)[:}]");
    private static final Pattern LOOKED_UP = Pattern.compile("getProperty\\(\\s*\"(kontor\\.[a-z.-]+)\"");
    private static final Pattern METRIC =
            Pattern.compile("(?:builder|gauge|counter|timer|summary)\\([^\"]{0,40}\"(kontor\\.[a-z.]+)\"");

    @Test
    void every_setting_is_on_the_page() throws IOException {
        Set<String> settings = new TreeSet<>(found(PLACEHOLDER));
        settings.addAll(found(LOOKED_UP));
        settings.addAll(bound());

        assertThat(settings)
                .contains("kontor.catalog.who-may-list", "kontor.limits.sign-in.per-address", "kontor.http.idle");
        settings.removeAll(page("operations.md", "distributed.md", "observability.md"));
        assertThat(settings).as("settings that are not described").isEmpty();
    }

    @Test
    void every_metric_is_on_the_page() throws IOException {
        Set<String> metrics = new TreeSet<>(found(METRIC));

        assertThat(metrics).contains("kontor.log.head", "kontor.log.sync");
        metrics.removeAll(page("observability.md"));
        assertThat(metrics).as("metrics that are not described").isEmpty();
    }

    private static Set<String> page(String... pages) throws IOException {
        Set<String> names = new HashSet<>();
        for (String page : pages) {
            for (String line : Files.readAllLines(ROOT.resolve("docs").resolve(page))) {
                String prefix = "";
                for (MatchResult name : NAMED.matcher(line).results().toList()) {
                    prefix = name.group(1) == null ? prefix : name.group(1);
                    names.add(prefix + name.group(2));
                }
            }
        }
        return names;
    }

    private static Set<String> found(Pattern pattern) throws IOException {
        Set<String> found = new TreeSet<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path main : modules.filter(module -> !module.endsWith("bench"))
                    .map(module -> module.resolve("src/main"))
                    .filter(Files::isDirectory)
                    .toList()) {
                try (Stream<Path> files = Files.walk(main)) {
                    List<Path> sources = files.filter(file -> file.toString().endsWith(".java")
                                    || file.toString().endsWith(".yaml"))
                            .toList();
                    for (Path source : sources) {
                        found.addAll(found(pattern, Files.readString(source)));
                    }
                }
            }
        }
        return found;
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(name -> name.group(1)).collect(Collectors.toSet());
    }

    /** The settings that records are bound to. */
    private static Set<String> bound() {
        Set<String> settings = new TreeSet<>();
        for (JavaClass type : new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                // Spring's code of the beans.
                .withImportOption(location -> !location.contains("__"))
                .importPackages("dev.kontor")) {
            if (type.isAnnotatedWith(ConfigurationProperties.class)) {
                ConfigurationProperties prefix = type.getAnnotationOfType(ConfigurationProperties.class);
                add(prefix.prefix().isEmpty() ? prefix.value() : prefix.prefix(), type.reflect(), settings);
            }
        }
        return settings;
    }

    private static void add(String prefix, Class<?> record, Set<String> settings) {
        for (RecordComponent component : record.getRecordComponents()) {
            String name = prefix + "."
                    + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
            if (component.getType().isRecord() && component.getType().getEnclosingClass() == record) {
                add(name, component.getType(), settings);
            } else {
                settings.add(name);
            }
        }
    }
}
