package dev.kontor.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/bounds.md} lists every bound and every wait that is a constant, with its value. */
class BoundsPageTest {

    private static final Path PAGE = Path.of("../docs/bounds.md");
    private static final Pattern ROW = Pattern.compile("\\| `(\\w+\\.\\w+)` \\| ([^|]+) \\|.*");
    private static final Pattern BOUND = Pattern.compile(
            "(.*_)?(MOST|LONGEST|LARGEST|HIGHEST|PATIENCE|WAIT|WAITING|LIFETIME|TRIES|TIMEOUT|DEEPEST|SHORTEST|FEWEST)(_.*)?");
    private static final Set<Class<?>> TYPES = Set.of(int.class, long.class, Duration.class);

    @Test
    void every_bound_is_on_the_page_with_its_value() throws Exception {
        Map<String, String> page = new TreeMap<>();
        for (String line : Files.readAllLines(PAGE)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                page.put(row.group(1), row.group(2));
            }
        }

        assertThat(page).isEqualTo(constants());
    }

    private static Map<String, String> constants() throws ReflectiveOperationException {
        Map<String, String> found = new TreeMap<>();
        for (JavaField constant : new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .withImportOption(location -> !location.contains("-tests.jar") && !location.contains("/proto/"))
                        .importPackages("dev.kontor")
                        .stream()
                        .flatMap(type -> type.getFields().stream())
                        .toList()) {
            if ((constant.getRawType().isEquivalentTo(Duration.class)
                            || BOUND.matcher(constant.getName()).matches())
                    && constant.getModifiers().contains(JavaModifier.STATIC)
                    && TYPES.contains(constant.reflect().getType())) {
                Field field = constant.reflect();
                field.setAccessible(true);
                found.put(
                        field.getDeclaringClass().getSimpleName() + "." + field.getName(),
                        text(field.getName(), field.get(null)));
            }
        }
        return found;
    }

    private static String text(String name, Object value) {
        return switch (value) {
            case Duration time -> time(time);
            case Number seconds when name.endsWith("SECONDS") -> time(Duration.ofSeconds(seconds.longValue()));
            case Number nanos when name.endsWith("NANOS") -> time(Duration.ofNanos(nanos.longValue()));
            case Number millis when name.endsWith("MILLIS") -> time(Duration.ofMillis(millis.longValue()));
            default -> "%,d".formatted(value);
        };
    }

    private static String time(Duration time) {
        if (time.toMillis() % 1_000 != 0) {
            return time.toMillis() + " ms";
        }
        long seconds = time.toSeconds();
        if (seconds % 86_400 == 0) {
            return seconds / 86_400 + " d";
        }
        return seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
    }
}
