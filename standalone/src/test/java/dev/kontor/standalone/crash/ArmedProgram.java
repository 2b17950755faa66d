package dev.kontor.standalone.crash;

import dev.kontor.crash.CrashPoint;
import dev.kontor.standalone.KontorProcess;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The packaged application with the crash points beside it on the class path: what is shipped is as it is shipped. */
final class ArmedProgram {

    private ArmedProgram() {}

    /** What a JVM is told to run it. The jar is unpacked into the folder, as Spring Boot's own tool does it. */
    static List<String> in(Path folder) throws IOException {
        Path application = folder.resolve("application");
        Process unpacking = new ProcessBuilder(
                        KontorProcess.java(),
                        "-Djarmode=tools",
                        "-jar",
                        KontorProcess.jar(),
                        "extract",
                        "--destination",
                        application.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(unpacking.getInputStream().readAllBytes());
        if (unpacking.onExit().join().exitValue() != 0) {
            throw new IllegalStateException("The jar could not be unpacked: " + said);
        }
        Path jar = application.resolve(Path.of(KontorProcess.jar()).getFileName());
        String classPath = crashPoints(folder) + File.pathSeparator + jar;
        return List.of("-cp", classPath, "dev.kontor.standalone.Kontor");
    }

    /** Their package alone: the other test classes would be taken for parts of the application. */
    private static Path crashPoints(Path folder) throws IOException {
        Path classes = folder.resolve("crash-points");
        String inside = CrashPoint.class.getPackageName().replace('.', '/');
        Path from = Path.of(URI.create(CrashPoint.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toString()))
                .resolve(inside);
        Path to = Files.createDirectories(classes.resolve(inside));
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
        return classes;
    }
}
