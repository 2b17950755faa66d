package dev.kontor.standalone.crash;

import dev.kontor.crash.CrashPoint;
import dev.kontor.standalone.Packaged;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** The packaged application with test classes added to the class path; the shipped files are unchanged. */
final class ArmedProgram {

    private ArmedProgram() {}

    /** The JVM's arguments to run it with the crash points and faults, whose classes are copied into the folder. */
    static List<String> in(Path folder) throws IOException {
        String added = CrashPoint.class.getPackageName();
        Packaged packaged = Packaged.get();
        String classPath = packaged.jar() + File.pathSeparator + classesOf(added, folder);
        return Stream.concat(packaged.options().stream(), Stream.of("-cp", classPath, "dev.kontor.standalone.Kontor"))
                .toList();
    }

    /** Only their package: Spring would take the other test classes for parts of the application. */
    private static Path classesOf(String added, Path folder) throws IOException {
        Path classes = folder.resolve("added");
        String inside = added.replace('.', '/');
        Path from = Path.of(URI.create(CrashPoint.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toString()))
                .resolve(inside);
        Path to = Files.createDirectories(classes.resolve(inside));
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return classes;
    }
}
