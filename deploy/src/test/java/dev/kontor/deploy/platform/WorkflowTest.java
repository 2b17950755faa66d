package dev.kontor.deploy.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WorkflowTest {

    private static final Map<String, Object> WORKFLOW =
            Yaml.documents(Project.read(".github/workflows/ci.yml")).getFirst();

    @Test
    void third_party_actions_are_pinned_by_commit() {
        assertThat(steps().map(step -> step.get("uses"))
                        .filter(Objects::nonNull)
                        .map(String::valueOf))
                .isNotEmpty()
                .allMatch(action -> action.matches("[\\w-]+/[\\w-]+@[0-9a-f]{40}"), "name@commit");
    }

    @Test
    void the_workflow_may_only_read_the_project() {
        assertThat(WORKFLOW.get("permissions")).isEqualTo(Map.of("contents", "read"));
        assertThat(jobs()).allMatch(job -> !job.containsKey("permissions") && job.containsKey("timeout-minutes"));
    }

    @Test
    void the_scripts_it_runs_are_there() {
        List<String> scripts = steps().map(step -> String.valueOf(step.get("run")))
                .flatMap(run -> Pattern.compile("(?:deploy|\\.ci)/[\\w./-]+")
                        .matcher(run)
                        .results())
                .map(found -> found.group())
                .distinct()
                .toList();

        assertThat(scripts)
                .contains(".ci/run", ".ci/walk", "deploy/images.sh", "deploy/secrets.sh", "deploy/kubernetes/kind.sh")
                .allMatch(script -> Files.isExecutable(Project.ROOT.resolve(script)));
    }

    @SuppressWarnings("unchecked")
    private static Stream<Map<String, Object>> jobs() {
        return ((Map<String, Map<String, Object>>) WORKFLOW.get("jobs")).values().stream();
    }

    @SuppressWarnings("unchecked")
    private static Stream<Map<String, Object>> steps() {
        return jobs().flatMap(job -> ((List<Map<String, Object>>) job.get("steps")).stream());
    }
}
