package dev.kontor.deploy.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ComposeTest {

    private static final String ALL = "docker-compose.yml";
    private static final String DEPENDENCIES = "docker-compose.dependencies.yml";

    @ParameterizedTest
    @ValueSource(strings = {ALL, DEPENDENCIES})
    void a_file_keeps_to_the_specification(String file) {
        Compose compose = Compose.read(Project.read(file));

        assertThat(compose.services().values())
                .filteredOn(service -> service.profiles() == null)
                .allSatisfy(service -> assertThat(service.healthcheck().test()).isNotEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {ALL, DEPENDENCIES})
    void compose_itself_takes_a_file(String file) {
        Tool.skipUnless(
                Tool.works("docker", "compose", "version"),
                "docker compose is not installed: the files are held against our own types alone");

        Tool.Answer answer = Tool.run("docker", "compose", "-f", file, "config", "--quiet");
        assertThat(answer.code()).as(answer.complaints()).isZero();
    }

    @Test
    void whatever_is_named_is_there() {
        Compose compose = Compose.read(Project.read(ALL));
        Set<String> secrets = new TreeSet<>();
        Set<String> networks = new TreeSet<>();
        for (Compose.Service service : compose.services().values()) {
            if (service.secrets() != null) {
                secrets.addAll(service.secrets());
            }
            networks.addAll(service.networks());
            if (service.dependsOn() != null) {
                assertThat(compose.services().keySet())
                        .containsAll(service.dependsOn().keySet());
            }
        }
        assertThat(compose.secrets().keySet()).isEqualTo(secrets);
        assertThat(compose.networks().keySet()).isEqualTo(networks);
        assertThat(Project.read("deploy/secrets.sh")).contains(secrets);
    }

    /** The stores are not reachable from the host: their audit runs beside them, once, on request. */
    @Test
    void the_audit_of_the_stores_is_a_service_that_only_runs_when_it_is_asked_to() {
        Compose.Service audit = Compose.read(Project.read(ALL)).services().get("audit");

        assertThat(audit.profiles()).containsExactly("tools");
        assertThat(audit.restart()).isEqualTo("no");
        assertThat(audit.networks()).containsExactly("stores");
        assertThat(audit.command()).containsExactly("audit", "--of", "axon-server");
        assertThat(audit.secrets()).containsExactly("spring.mongodb.uri");
        assertThat(audit.environment()).containsEntry("AXON_AXONSERVER_SERVERS", "axonserver:8124");
    }

    /** A volume with a name would be shared, and an index has one writer. */
    @Test
    void each_query_side_has_its_search_index_in_a_volume_of_its_own() {
        String folder = "/search";

        assertThat(Compose.read(Project.read(ALL)).services().get("query-side").volumes())
                .containsExactly(folder);
        assertThat(Project.read("query-side/pom.xml"))
                .contains(
                        "<volume>" + folder + "</volume>",
                        "<KONTOR_SEARCHES_FOLDER>" + folder + "</KONTOR_SEARCHES_FOLDER>");
        assertThat(Project.read("deploy/kubernetes/base/query-side.yaml"))
                .contains("mountPath: " + folder + " }", "name: search\n          emptyDir:");
    }

    @Test
    void nothing_but_this_machine_reaches_a_port() {
        for (String file : Set.of(ALL, DEPENDENCIES)) {
            for (Map.Entry<String, Compose.Service> service :
                    Compose.read(Project.read(file)).services().entrySet()) {
                if (service.getValue().ports() != null) {
                    assertThat(service.getValue().ports())
                            .as(service.getKey())
                            .allMatch(port -> port.startsWith("127.0.0.1:"));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {ALL, DEPENDENCIES})
    void a_service_may_do_little_and_its_log_is_bounded(String file) {
        assertThat(Compose.read(Project.read(file)).services()).allSatisfy((name, service) -> {
            assertThat(service.readOnly()).isTrue();
            assertThat(service.capDrop()).containsExactly("ALL");
            assertThat(service.securityOpt()).contains("no-new-privileges:true");
            assertThat(service.logging().options()).containsKeys("max-size", "max-file");
        });
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    a field that does not exist        | stop_grace_period: | stop_grace_time:
                    a truth where a text is asked for  | "true"             | true
                    a text where a number is asked for | retries: 12        | retries: many
                    a text where a list is asked for   | networks: [stores] | networks: stores
                    a key that is there twice          | read_only: true    | restart: never
                    """)
    void a_mistake_is_found(String what, String right, String wrong) {
        String text = Project.read(ALL);
        assertThat(text).contains(right);

        assertThatThrownBy(() -> Compose.read(text.replace(right, wrong)))
                .as(what)
                .isInstanceOf(RuntimeException.class);
    }
}
