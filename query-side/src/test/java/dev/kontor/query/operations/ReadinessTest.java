package dev.kontor.query.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.query.QuerySides;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroup;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;

/** Readiness as platforms query it: new gateways do not find an instance that is not ready. */
class ReadinessTest {

    @Test
    void a_query_side_is_ready_as_long_as_it_answers_reads_and_for_that_needs_no_axon_server(@TempDir Path folder) {
        try (QuerySides sides = new QuerySides(folder)) {
            HealthEndpointGroup readiness =
                    sides.start(1).bean(HealthEndpointGroups.class).get("readiness");

            assertThat(List.of("needs", "calls", "mongo")).allMatch(readiness::isMember);
            assertThat(List.of("axonServer", "revocations", "views")).noneMatch(readiness::isMember);
        }
    }
}
