package dev.kontor.grpc.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemTest {

    @ParameterizedTest
    @EnumSource(Problem.class)
    void a_problem_is_found_by_its_code(Problem problem) {
        assertThat(Problem.ofCode(problem.code())).contains(problem);
        assertThat(problem.urn()).isEqualTo("urn:kontor:problem:" + problem.code());
    }

    @ParameterizedTest
    @EnumSource(Problem.class)
    void a_problem_is_an_error_in_http_and_in_grpc(Problem problem) {
        assertThat(problem.httpStatus()).isBetween(400, 599);
        assertThat(problem.grpcCode()).isNotEqualTo(Status.Code.OK);
        assertThat(problem.code()).matches("[a-z]+(-[a-z]+)*");
        assertThat(problem.title()).isNotBlank();
    }

    @Test
    void no_two_problems_share_a_code() {
        assertThat(Arrays.stream(Problem.values()).map(Problem::code)).doesNotHaveDuplicates();
    }

    @Test
    void an_unknown_code_is_not_a_problem() {
        assertThat(Problem.ofCode("wrong-moon")).isEmpty();
    }
}
