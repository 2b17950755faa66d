package dev.kontor.standalone.distributed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.KontorProcess;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each packaged program contains every class that its own classes name. A missing class shows only when it is used,
 * and the class path of these tests has more than that of a program.
 */
class PackagedClassesIT {

    private static final String OURS = "dev/kontor/";
    private static final String CLASS = ".class";

    @ParameterizedTest
    @ValueSource(strings = {"command-side", "query-side", "gateway", "standalone"})
    void a_program_contains_every_class_that_its_classes_refer_to(String program) throws IOException {
        Map<String, byte[]> classes =
                classesIn(program.equals("standalone") ? Path.of(KontorProcess.jar()) : Processes.jar(program));
        Set<String> missing = new TreeSet<>();
        int[] ours = new int[1];
        classes.forEach((name, bytes) -> {
            if (name.startsWith(OURS)) {
                ours[0]++;
                named(bytes).stream()
                        .filter(other -> !classes.containsKey(other) && !isOfTheJdk(other))
                        .forEach(other -> missing.add(name + " names " + other));
            }
        });

        assertThat(ours[0]).isGreaterThan(100);
        assertThat(missing).isEmpty();
    }

    /** By name; of the libraries without their bytes. */
    private static Map<String, byte[]> classesIn(Path program) throws IOException {
        Map<String, byte[]> classes = new HashMap<>();
        try (InputStream file = Files.newInputStream(program)) {
            addClasses(new ZipInputStream(file), classes);
        }
        return classes;
    }

    private static void addClasses(ZipInputStream entries, Map<String, byte[]> classes) throws IOException {
        for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
            String name = entry.getName().replaceFirst("^(BOOT-INF/classes|META-INF/versions/\\d+)/", "");
            if (name.endsWith(".jar")) {
                addClasses(new ZipInputStream(entries), classes);
            } else if (name.endsWith(CLASS)) {
                classes.put(
                        name.substring(0, name.length() - CLASS.length()),
                        name.startsWith(OURS) ? entries.readAllBytes() : new byte[0]);
            }
        }
    }

    private static Set<String> named(byte[] bytes) {
        Set<String> named = new TreeSet<>();
        StreamSupport.stream(ClassFile.of().parse(bytes).constantPool().spliterator(), false)
                .filter(ClassEntry.class::isInstance)
                .map(entry -> ((ClassEntry) entry).asInternalName())
                // An array names the class of its elements.
                .map(name -> name.replaceFirst("^\\[+L(.*);$", "$1"))
                .filter(name -> !name.startsWith("["))
                .forEach(named::add);
        return named;
    }

    private static boolean isOfTheJdk(String name) {
        return ClassLoader.getPlatformClassLoader().getResource(name + CLASS) != null;
    }
}
