package dev.kontor.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.grpc.platform.Problem;
import dev.kontor.testsupport.Answer;
import java.util.function.Consumer;

/** What an answer with a problem must be. */
public final class ExpectedProblem {

    private ExpectedProblem() {}

    public static Consumer<Answer> problem(Problem expected) {
        return problem(expected, expected.httpStatus());
    }

    public static Consumer<Answer> problem(Problem expected, int status) {
        return answer -> {
            answer.isProblem(status, expected.code());
            assertThat(answer.at("/title")).isEqualTo(expected.title());
        };
    }
}
