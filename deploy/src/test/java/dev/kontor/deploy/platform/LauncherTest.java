package dev.kontor.deploy.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When the launcher builds, and that it does so once. Maven and the JDK are scripts that record their arguments. */
class LauncherTest {

    private static final List<String> PARTS = List.of("command-side", "query-side", "gateway");
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");
    private static final int SECONDS_AT_MOST = 120;
    /** The programs that the launcher and these scripts call, without flock. */
    private static final List<String> PROGRAMS = List.of(
            ("awk cat cksum cut dirname find grep head mkdir mktemp mv readlink rm rmdir sed sh sleep sort tail tee true uname wc")
                    .split(" "));

    /** Waits for the file "go", and fails if another one runs. */
    private static final String MAVEN = """
            #!/bin/sh
            here=$(dirname "$0")
            mkdir "$here/one-maven" || exit 1
            echo "$*" >>"$here/builds"
            until [ -e "$here/go" ]; do sleep 0.1; done
            for module in command-side query-side gateway; do
              mkdir -p "$here/$module/target"
              echo $$ >"$here/$module/target/$module-app.jar"
            done
            case "$*" in *standalone*)
              mkdir -p "$here/standalone/target"
              echo $$ >"$here/standalone/target/kontor-app.jar" ;;
            esac
            rmdir "$here/one-maven"
            echo 'BUILD SUCCESS'
            """;
    /** Extracts a jar into a folder that must not exist, as Spring Boot does. */
    private static final String JAVA = """
            #!/bin/sh
            for last; do :; done
            case "$*" in
              *jarmode=tools*)
                mkdir "$last" || exit 1
                : >"$last/kontor-app.jar" ;;
              *AOTCacheOutput=*) echo 'Ctrl-C stops it.' ;;
              *) echo "runs $*" ;;
            esac
            """;

    /** Extracts an empty file. */
    private static final String JAR = """
            #!/bin/sh
            : >"$3"
            """;

    @TempDir
    private Path temporary;

    private Path home;
    private String path = System.getenv("PATH");
    private Map<String, String> environment = Map.of();
    private final List<Process> started = new ArrayList<>();
    private final List<Path> links = new ArrayList<>();

    @BeforeEach
    void project() throws IOException {
        home = Files.createDirectory(temporary.resolve("a clone"));
        script(home.resolve("kontor"), Project.read("kontor"));
        script(home.resolve("mvnw"), MAVEN);
        Path jdk = Files.createDirectories(temporary.resolve("jdk/bin"));
        script(jdk.resolve("java"), JAVA);
        script(jdk.resolve("javac"), "#!/bin/sh\n");
        script(jdk.resolve("jar"), JAR);
        Files.writeString(jdk.resolveSibling("release"), "JAVA_VERSION=\"25\"\n");
        Files.writeString(home.resolve("pom.xml"), "<project/>");
        for (String module : List.of("standalone", "command-side", "query-side", "gateway")) {
            Files.writeString(Files.createDirectories(home.resolve(module)).resolve("pom.xml"), "<project/>");
        }
        Files.writeString(source(), "one");
        Files.createFile(home.resolve("go"));
    }

    @AfterEach
    void end() throws IOException {
        started.forEach(Process::destroyForcibly);
        for (Path link : links) {
            Files.delete(link);
        }
    }

    private Path source() throws IOException {
        return Files.createDirectories(home.resolve("standalone/src/main")).resolve("Source.java");
    }

    private Path jar() {
        return home.resolve("standalone/target/kontor-app.jar");
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Process begin(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(home.resolve("kontor").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Files.createTempFile(temporary, "said", ".txt").toFile());
        builder.environment().put("JAVA_HOME", temporary.resolve("jdk").toString());
        builder.environment().put("PATH", path);
        builder.environment().putAll(environment);
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private static void endsWell(Process process) {
        try {
            assertThat(process.waitFor(SECONDS_AT_MOST, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void audit() throws IOException {
        endsWell(begin("audit"));
    }

    private String said() {
        try (Stream<Path> all = Files.list(temporary)) {
            StringBuilder said = new StringBuilder();
            for (Path file : all.filter(f -> f.getFileName().toString().startsWith("said"))
                    .toList()) {
                said.append(Files.readString(file, StandardCharsets.UTF_8));
            }
            return said.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long builds() throws IOException {
        Path builds = home.resolve("builds");
        return Files.exists(builds) ? Files.readAllLines(builds).size() : 0;
    }

    private static long times(String text, String part) {
        return text.lines().filter(line -> line.contains(part)).count();
    }

    private void untilSaid(String line, int times) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_AT_MOST);
        while (times(said(), line) < times) {
            assertThat(System.nanoTime()).as("said so far: " + said()).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    /** As on systems without it, such as macOS. */
    private void withoutFlock() throws IOException {
        Path programs = Files.createDirectory(temporary.resolve("programs"));
        for (String folder : System.getenv("PATH").split(":")) {
            for (String name : PROGRAMS) {
                Path program = Path.of(folder, name);
                Path link = programs.resolve(name);
                if (Files.isExecutable(program) && !Files.exists(link)) {
                    Files.createSymbolicLink(link, program);
                    links.add(link);
                }
            }
        }
        path = programs.toString();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void three_parts_at_once_are_built_once_and_all_run(boolean flock) throws IOException {
        if (!flock) {
            withoutFlock();
        }
        Files.delete(home.resolve("go"));
        List<Process> parts = new ArrayList<>();
        for (String part : PARTS) {
            parts.add(begin(part));
        }
        untilSaid("Waiting for another ./kontor that is building", 2);
        Files.createFile(home.resolve("go"));
        parts.forEach(LauncherTest::endsWell);

        assertThat(builds()).isOne();
        for (String part : PARTS) {
            assertThat(said()).containsPattern("runs .*/" + part + "-app.jar");
        }
        assertThat(home.resolve("standalone/target/app"))
                .as("what no part uses")
                .doesNotExist();
    }

    @Test
    void a_lock_whose_process_was_killed_is_taken_over() throws IOException, InterruptedException {
        withoutFlock();
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        Path lock = Files.createDirectories(home.resolve("target/building"));
        Files.writeString(lock.resolve("process"), ended.pid() + "\n");
        audit();

        assertThat(builds()).isOne();
        assertThat(lock).doesNotExist();
    }

    @Test
    void what_is_built_and_prepared_is_run_as_it_is() throws IOException {
        audit();
        audit();

        assertThat(builds()).isOne();
        assertThat(times(said(), "recording a start")).isOne();
        assertThat(times(said(), "runs ")).isEqualTo(2);
    }

    /** Else each start would unpack it into the folder for temporary files. */
    @Test
    void the_library_of_the_stores_is_extracted_once() throws IOException {
        endsWell(begin("up", "--port", "0"));
        Path folder = home.resolve("standalone/target/app/native");

        assertThat(said()).contains("-Djava.library.path=" + folder);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).singleElement().asString().contains("librocksdbjni-");
        }
    }

    private String refused(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", temporary.resolve("jdk").toString());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isOne();
        assertThat(builds()).isZero();
        return said;
    }

    @Test
    void a_deleted_working_folder_is_named() throws IOException, InterruptedException {
        Path gone = Files.createDirectory(temporary.resolve("gone"));
        String inIt = "cd \"$1\" && rmdir \"$1\" && exec \"$2\" audit";

        assertThat(refused(
                        "sh",
                        "-c",
                        inIt,
                        "sh",
                        gone.toString(),
                        home.resolve("kontor").toString()))
                .contains("kontor: the working directory does not exist any more");
    }

    @Test
    void an_option_is_not_the_value_of_another() throws IOException, InterruptedException {
        assertThat(refused(home.resolve("kontor").toString(), "up", "--data", "--demo"))
                .isEqualTo("kontor: --data needs a value, not the option --demo; see ./kontor help\n");
    }

    /** Else another process would remove files that a running Kontor has open. */
    @Test
    void in_another_time_zone_it_is_prepared_all_the_same() throws IOException {
        audit();
        for (String zone : List.of("Asia/Tokyo", "America/New_York", "")) {
            environment = Map.of("TZ", zone);
            audit();
        }

        assertThat(builds()).isOne();
        assertThat(times(said(), "recording a start")).isOne();
    }

    @Test
    void a_jar_that_is_only_older_than_it_was_is_not_prepared_again() throws IOException {
        audit();
        Files.setLastModifiedTime(jar(), FileTime.from(LONG_AGO));
        audit();

        assertThat(builds()).isOne();
        assertThat(times(said(), "recording a start")).isOne();
    }

    @Test
    void a_source_that_differs_is_noticed_whatever_its_date() throws IOException {
        audit();
        Files.writeString(source(), "two");
        Files.setLastModifiedTime(source(), FileTime.from(LONG_AGO));
        audit();
        assertThat(builds()).isEqualTo(2);

        Files.delete(source());
        audit();
        assertThat(builds()).isEqualTo(3);
    }

    @Test
    void a_source_that_only_has_a_new_date_is_no_reason_to_build() throws IOException {
        audit();
        Files.setLastModifiedTime(source(), FileTime.from(Instant.now().plusSeconds(3600)));
        audit();

        assertThat(builds()).isOne();
    }

    @Test
    void a_jar_that_bears_a_date_in_the_past_is_built_once_more_and_then_kept() throws IOException {
        audit();
        Files.writeString(jar(), "made for an image");
        Files.setLastModifiedTime(jar(), FileTime.from(LONG_AGO));
        audit();
        audit();

        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void a_jar_that_maven_made_of_these_sources_is_prepared_and_not_built_again() throws IOException {
        audit();
        Files.delete(jar());
        Files.writeString(jar(), "made by ./mvnw verify");
        audit();
        audit();

        assertThat(builds()).isOne();
        assertThat(times(said(), "recording a start")).isEqualTo(2);
    }
}
