package dev.kontor.standalone.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.KontorProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher itself, as users call it: from any folder, in any environment. */
class LauncherIT {

    private static final Path SCRIPT = Path.of("..", "kontor").toAbsolutePath().normalize();
    private static final Duration UNTIL_ENDED = Duration.ofMinutes(5);
    private static final String[] FREE_PORTS = {"--port", "0", "--grpc-port", "0"};

    @TempDir
    private Path temporary;

    private Path folder;
    private Path link;

    @BeforeEach
    void links() throws IOException {
        folder = Files.createDirectory(temporary.resolve("a folder"));
        Path there = Files.createDirectory(temporary.resolve("bin"));
        Files.createSymbolicLink(there.resolve("first"), SCRIPT);
        link = Files.createSymbolicLink(there.resolve("kontor"), Path.of("first"));
    }

    /** It extracts the jar and records a start, which takes longer than anything that is tested here. */
    @BeforeAll
    static void prepare() throws IOException, InterruptedException {
        ProcessBuilder command = new ProcessBuilder(SCRIPT.toString(), "audit", "--help").inheritIO();
        command.environment().put("JAVA_HOME", System.getProperty("java.home"));
        assertThat(command.start().waitFor()).isZero();
    }

    /** Else the removal of the folder warns of their targets. */
    @AfterEach
    void removeLinks() throws IOException {
        Files.delete(link);
        Files.delete(link.resolveSibling("first"));
    }

    /** Called through two links, in a folder of its own, without {@code HOME}. */
    private ProcessBuilder launcher(String... arguments) {
        List<String> command = new ArrayList<>(List.of(link.toString()));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().remove("HOME");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder;
    }

    private static String[] with(String[] first, String... then) {
        List<String> all = new ArrayList<>(Arrays.asList(first));
        all.addAll(Arrays.asList(then));
        return all.toArray(String[]::new);
    }

    private String up(String... options) {
        return ended(launcher(with(with(new String[] {"up"}, FREE_PORTS), options)), 1);
    }

    private static String ended(ProcessBuilder command, int code) {
        try (KontorProcess process = KontorProcess.begin(command)) {
            assertThat(process.exitCode(UNTIL_ENDED)).as(process.output()).isEqualTo(code);
            assertThat(process.output()).doesNotContain("\tat ");
            return process.output();
        }
    }

    private static HttpResponse<String> signUp(URI rest, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(rest.resolve("/api/v1/auth/signup"))
                .header("Content-Type", "application/json")
                .header("Accept-Language", "ar-EG")
                .POST(BodyPublishers.ofString(body))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.ofString());
        }
    }

    /** In any environment Kontor listens, prints, logs and answers in the same way. */
    @Test
    void variables_and_files_of_other_programs_have_no_effect() throws IOException, InterruptedException {
        String foreign = "server.port: 1\nkontor.demo: true\nlogging.level.root: TRACE\n";
        Files.writeString(folder.resolve("application.yml"), foreign);
        Files.writeString(Files.createDirectory(folder.resolve("config")).resolve("application.yml"), foreign);
        ProcessBuilder command = launcher(with(FREE_PORTS_OF_UP, "--data", "my data"));
        command.environment()
                .putAll(Map.of(
                        "DEBUG", "true",
                        "TRACE", "true",
                        "LOGGING_LEVEL_ROOT", "TRACE",
                        "SPRING_APPLICATION_JSON", "{\"kontor\":{\"demo\":true}}",
                        "SPRING_CONFIG_LOCATION", "file:./",
                        "SPRING_PROFILES_ACTIVE", "distributed",
                        "SERVER_PORT", "1",
                        "JAVA_TOOL_OPTIONS", "-Dserver.port=1",
                        "LC_ALL", "ar_EG.UTF-8",
                        "KONTOR_JAVA_OPTIONS", "-Duser.language=ar -Duser.country=EG -Duser.timezone=Africa/Cairo"));
        command.environment().putAll(Map.of("CONSOLE_LOG_THRESHOLD", "OFF", "CONSOLE_LOG_STRUCTURED_FORMAT", "ecs"));
        try (KontorProcess kontor = KontorProcess.begin(command).untilReady()) {
            HttpResponse<String> refused =
                    signUp(kontor.rest(), "{\"email\":\"a@example.com\",\"password\":\"x\",\"name\":\"A\"}");
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body()).containsPattern("must have \\d+ to \\d+ characters");
            assertThat(refused.body()).matches("\\p{ASCII}*");

            String account =
                    "{\"email\":\"hidden@example.com\",\"password\":\"a long secret\",\"name\":\"Hidden Name\"}";
            assertThat(signUp(kontor.rest(), account).statusCode()).isEqualTo(201);

            assertThat(kontor.output())
                    .doesNotContain(
                            "hidden@example.com", "Hidden Name", "Demo accounts", "CONDITIONS", " DEBUG ", " TRACE ")
                    .contains(
                            " INFO  KeyRotation ",
                            "Data        " + folder.toRealPath().resolve("my data"))
                    .matches("(?s)\\p{ASCII}*");
            assertThat(ended(launcher("audit", "--data", "my data"), 0)).contains("CLEAN");
            kontor.stop();
            assertThat(kontor.exitCode(UNTIL_ENDED)).isZero();
        }
    }

    private static final String[] FREE_PORTS_OF_UP = with(new String[] {"up"}, FREE_PORTS);

    @Test
    void on_an_ipv6_address_the_tools_reach_it() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
            assertThat(socket.isBound()).isTrue();
        } catch (IOException e) {
            System.out.println("SKIPPED: this machine has no loopback address of IPv6");
            Assumptions.abort("no ::1");
        }
        try (KontorProcess kontor = KontorProcess.begin(launcher(with(FREE_PORTS_OF_UP, "--address", "::1")))
                .untilReady()) {
            assertThat(kontor.rest().toString()).startsWith("http://[::1]:");
            assertThat(ended(launcher("audit"), 0)).contains("CLEAN");
            assertThat(ended(launcher("backup", "../backups"), 0)).contains("verified");
            assertThat(ended(launcher("rebuild", "orders"), 0)).isNotBlank();
        }
    }

    @Test
    void a_folders_name_is_used_literally() throws IOException {
        try (KontorProcess kontor = KontorProcess.begin(launcher(with(FREE_PORTS_OF_UP, "--data", "${HOME}x")))
                .untilReady()) {
            assertThat(kontor.data()).isEqualTo(folder.toRealPath().resolve("${HOME}x"));
            assertThat(ended(launcher("audit", "--data", "${HOME}x"), 0)).contains("CLEAN");
        }
    }

    @Test
    void a_folder_in_the_home_folder_is_found() throws IOException {
        Path home = Files.createDirectory(temporary.resolve("home"));
        ProcessBuilder up = launcher(with(FREE_PORTS_OF_UP, "--data=~/x"));
        up.environment().put("HOME", home.toString());
        try (KontorProcess kontor = KontorProcess.begin(up).untilReady()) {
            assertThat(kontor.data()).isEqualTo(home.resolve("x"));
        }
        assertThat(folder.resolve("~")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--data=",
                "--port=",
                "--port=99999999999999999999",
                "--address=",
                "--address=${HOME}",
                "--nonsense"
            })
    void an_invalid_option_is_named_in_a_line(String option) {
        assertThat(up(option))
                .startsWith("kontor: ")
                .contains(option.substring(0, option.contains("=") ? option.indexOf('=') : option.length()))
                .hasLineCount(1);
    }

    @Test
    void a_tool_without_a_folder_reports_it() {
        assertThat(ended(launcher("audit", "--data", ""), 2)).contains("is empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::"})
    void the_demo_is_not_offered_to_other_machines_by_default(String address) {
        assertThat(up("--demo", "--address", address)).contains("--demo-for-everyone", address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing.invalid", "192.0.2.1"})
    void an_address_that_this_machine_does_not_have_is_named(String address) {
        assertThat(up("--address", address)).contains(address);
    }
}
