package dev.kontor.gateway.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusalCodec;
import dev.kontor.grpc.platform.RefusedException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

class ProblemDocumentTest {

    @ParameterizedTest
    @EnumSource(Problem.class)
    void every_problem_arrives_as_its_document(Problem problem) {
        RefusedException sent = new RefusedException(problem, "this time", Map.of("fact", "value"), List.of());
        RefusedException arrived = RefusalCodec.fromStatus(RefusalCodec.toStatus(sent));

        JsonNode json = StrictJson.MAPPER.valueToTree(ProblemDocument.of(arrived, "id-1"));

        assertThat(json.toString())
                .isEqualTo("{\"type\":\"urn:kontor:problem:" + problem.code() + "\",\"title\":\"" + problem.title()
                        + "\",\"status\":" + problem.httpStatus()
                        + ",\"detail\":\"this time\",\"requestId\":\"id-1\",\"fact\":\"value\"}");
    }

    @Test
    void every_problem_has_a_unique_code_and_an_error_status() {
        assertThat(Arrays.stream(Problem.values()).map(Problem::code)).doesNotHaveDuplicates();
        assertThat(Arrays.stream(Problem.values()).map(Problem::httpStatus))
                .allSatisfy(status -> assertThat(status).isBetween(400, 599));
    }

    @Test
    void an_attribute_that_is_a_whole_number_is_a_number() {
        RefusedException refused = new RefusedException(
                Problem.INSUFFICIENT_STOCK, "not enough", Map.of("available", "7", "code", "007"), List.of());

        JsonNode json = StrictJson.MAPPER.valueToTree(ProblemDocument.of(refused, "id-1"));

        assertThat(json.get("available").isIntegralNumber()).isTrue();
        assertThat(json.get("code").isString()).isTrue();
    }

    @Test
    void an_attribute_never_replaces_a_member_of_the_document() {
        RefusedException refused = new RefusedException(
                Problem.ORDER_STATUS, "too late", Map.of("status", "SHIPPED", "type", "x"), List.of());

        JsonNode json = StrictJson.MAPPER.valueToTree(ProblemDocument.of(refused, "id-1"));

        assertThat(json.get("status").asInt()).isEqualTo(409);
        assertThat(json.get("type").asString()).isEqualTo(Problem.ORDER_STATUS.urn());
    }
}
