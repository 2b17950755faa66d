package dev.kontor.grpc.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page of problems is up to date. To write it: {@code ./mvnw -pl grpc-support -am test -Ddocs.write=true}. */
class ProblemsPageTest {

    private static final Path PAGE = Path.of("..", "docs", "problems.md");

    @Test
    void the_page_lists_every_problem_as_the_code_has_it() throws IOException {
        String expected = page();
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(PAGE, expected);
        }
        assertThat(PAGE).hasContent(expected);
    }

    private static String page() {
        return """
                # Problems

                Every error is an `application/problem+json` document. Its `type` is `urn:kontor:problem:` and a code from this
                table. The codes are stable; titles and details are for human readers.

                ```json
                {"type": "urn:kontor:problem:invalid-request", "title": "The request is not valid", "status": 400,
                 "detail": "lines[0].quantity must be 1 to 1,000,000", "requestId": "6f2f5c1e-…",
                 "errors": [{"field": "lines[0].quantity", "message": "must be 1 to 1,000,000"}]}
                ```

                At most 20 values are listed in `errors`; `moreErrors` is the number of the others. Over gRPC it is a member of
                `ErrorInfo.metadata`.

                The problem of a rejected order also has `orderId`, and `rejection` with the reason of each line.

                | code | HTTP | gRPC | title |
                |---|---|---|---|
                %s
                """.formatted(Arrays.stream(Problem.values())
                .map(problem -> "| `%s` | %d | `%s` | %s |"
                        .formatted(problem.code(), problem.httpStatus(), problem.grpcCode(), problem.title()))
                .collect(Collectors.joining("\n")));
    }
}
