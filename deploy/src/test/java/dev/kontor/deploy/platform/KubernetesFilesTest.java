package dev.kontor.deploy.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KubernetesFilesTest {

    private static final Pattern RECENT_KUSTOMIZE = Pattern.compile("\"kustomizeVersion\": *\"v([5-9]|\\d\\d)");
    private static final String KUSTOMIZATION = "kustomization.yaml";
    /** Files that patch others; the overlays show whether the result is complete. */
    private static final Set<String> PATCHES = Set.of("every-deployment.yaml", "mutual-tls.yaml", "axonserver-ca.yaml");

    static Stream<Path> files() {
        return Project.yamlFiles(Project.KUBERNETES).stream()
                .filter(file -> !file.endsWith(KUSTOMIZATION))
                .map(Project.KUBERNETES::relativize);
    }

    @ParameterizedTest
    @MethodSource("files")
    void a_file_keeps_to_its_schema(Path file) {
        String text = Project.read(Project.KUBERNETES.resolve(file));

        assertThat(
                        PATCHES.contains(file.getFileName().toString())
                                ? KubernetesSchema.mistakesOfPatch(text)
                                : KubernetesSchema.mistakes(text))
                .isEmpty();
    }

    @Test
    void every_file_belongs_to_the_kustomization_beside_it() {
        assertThat(files().filter(file -> !Project.read(
                                Project.KUBERNETES.resolve(file).resolveSibling(KUSTOMIZATION))
                        .contains(file.getFileName().toString())))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "stores", "overlays/kind", "overlays/istio", "overlays/production"})
    void what_kustomize_makes_of_them_keeps_to_the_schema(String folder) {
        List<Map<String, Object>> objects = Yaml.documents(rendered(folder));

        assertThat(KubernetesSchema.mistakes(rendered(folder))).isEmpty();
        assertThat(objects).isNotEmpty().noneMatch(object -> object.get("kind").equals("Secret"));
    }

    /** The gateway refuses to start with a forward headers strategy, which would trust every private address. */
    @ParameterizedTest
    @ValueSource(strings = {"overlays/istio", "overlays/production"})
    void a_gateway_behind_proxies_names_those_that_it_trusts(String folder) {
        assertThat(rendered(folder))
                .contains("KONTOR_HTTP_TRUSTED_PROXIES")
                .doesNotContainIgnoringCase("ForwardHeadersStrategy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/kind", "overlays/istio", "overlays/production"})
    void every_overlay_has_at_least_two_of_each_behind_network_policies(String folder) {
        List<Map<String, Object>> objects = Yaml.documents(rendered(folder));

        assertThat(named(objects, "Deployment")).containsExactlyInAnyOrder("gateway", "command-side", "query-side");
        assertThat(named(objects, "PodDisruptionBudget")).hasSize(3);
        assertThat(named(objects, "NetworkPolicy")).contains("default-deny");
        assertThat(objects.stream()
                        .filter(object -> object.get("kind").equals("Deployment"))
                        .map(object -> (Map<?, ?>) object.get("spec"))
                        .map(spec -> (Integer) spec.get("replicas")))
                .allMatch(replicas -> replicas >= 2);
    }

    private static Set<Object> named(List<Map<String, Object>> objects, String kind) {
        return objects.stream()
                .filter(object -> object.get("kind").equals(kind))
                .map(object -> ((Map<?, ?>) object.get("metadata")).get("name"))
                .collect(Collectors.toSet());
    }

    private static String rendered(String folder) {
        Tool.skipUnless(
                RECENT_KUSTOMIZE
                        .matcher(Tool.outputOrNothing("kubectl", "version", "--client", "--output=json"))
                        .find(),
                "there is no kubectl with kustomize 5: overlays are not put together here, only their files are checked");
        Tool.Answer answer = Tool.run(
                "kubectl", "kustomize", Project.KUBERNETES.resolve(folder).toString());
        assertThat(answer.code()).as(answer.complaints()).isZero();
        return answer.output();
    }
}
