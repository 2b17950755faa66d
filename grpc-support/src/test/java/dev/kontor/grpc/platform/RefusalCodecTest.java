package dev.kontor.grpc.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.rpc.ErrorInfo;
import dev.kontor.grpc.platform.RefusedException.Violation;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class RefusalCodecTest {

    @ParameterizedTest
    @EnumSource(Problem.class)
    void every_problem_arrives_as_it_was_sent(Problem problem) {
        RefusedException sent = new RefusedException(
                problem,
                "3 asked, 2 available \u00E4",
                Map.of("available", "2", "orderStatus", "SHIPPED"),
                List.of(new Violation("lines[0].quantity", "must be 1 to 2"), new Violation("name", "must be there")));

        StatusRuntimeException status = RefusalCodec.toStatus(sent);
        RefusedException arrived = RefusalCodec.fromStatus(status);

        assertThat(status.getStatus().getCode()).isEqualTo(problem.grpcCode());
        assertThat(arrived.problem()).isEqualTo(problem);
        assertThat(arrived.detail()).isEqualTo(sent.detail());
        assertThat(arrived.attributes()).isEqualTo(sent.attributes());
        assertThat(arrived.violations()).isEqualTo(sent.violations());
    }

    /** Each character has three bytes in UTF-8, and nine in a status message. */
    private static String wide(int length) {
        return "\u20AC".repeat(length);
    }

    private static RefusedException largest() {
        Map<String, String> attributes =
                IntStream.range(0, 20).boxed().collect(Collectors.toMap(i -> i + wide(100), i -> i + wide(1_000)));
        List<Violation> violations = IntStream.range(0, 100)
                .mapToObj(i -> new Violation(i + wide(1_000), wide(1_000)))
                .toList();
        return new RefusedException(Problem.PRICE_CHANGED, wide(10_000), attributes, violations);
    }

    @Test
    void a_hundred_violations_become_the_first_ones_and_a_count() {
        List<Violation> violations = IntStream.range(0, 100)
                .mapToObj(i -> new Violation("lines[" + i + "].quantity", "must be 1 to 1,000,000"))
                .toList();

        RefusedException arrived = RefusalCodec.fromStatus(RefusalCodec.toStatus(RefusedException.invalid(violations)));

        assertThat(arrived.problem()).isEqualTo(Problem.INVALID_REQUEST);
        assertThat(arrived.violations()).isEqualTo(violations.subList(0, 20));
        assertThat(arrived.moreViolations()).isEqualTo(80);
        assertThat(arrived.attributes()).isEmpty();
    }

    @Test
    void every_refusal_fits_the_default_limit_of_a_client() {
        RefusedException arrived = RefusalCodec.fromStatus(RefusalCodec.toStatus(largest()));

        assertThat(arrived.problem()).isEqualTo(largest().problem());
        assertThat(arrived.violations().size() + arrived.moreViolations()).isEqualTo(100);
    }

    /** In HTTP/2 the binary details are Base64, and each byte of the message that is not ASCII takes three. */
    @Test
    void the_largest_refusal_fits_in_its_encoded_form() {
        StatusRuntimeException status = RefusalCodec.toStatus(largest());
        int details =
                Base64.getEncoder().encode(StatusProto.fromThrowable(status).toByteArray()).length;
        int message = URLEncoder.encode(status.getStatus().getDescription(), StandardCharsets.UTF_8)
                .length();

        assertThat(details + message).isBetween(6_000, 7_400);
    }

    @Test
    void a_refusal_without_attributes_arrives_without_attributes() {
        RefusedException arrived =
                RefusalCodec.fromStatus(RefusalCodec.toStatus(new RefusedException(Problem.CART_EMPTY, "empty")));

        assertThat(arrived.attributes()).isEmpty();
        assertThat(arrived.violations()).isEmpty();
    }

    @Test
    void a_refusal_has_the_standard_error_details() throws Exception {
        StatusRuntimeException status = RefusalCodec.toStatus(new RefusedException(Problem.CART_FULL, "full"));

        ErrorInfo info = StatusProto.fromThrowable(status).getDetails(0).unpack(ErrorInfo.class);

        assertThat(info.getDomain()).isEqualTo("kontor.dev");
        assertThat(info.getReason()).isEqualTo("cart-full");
    }

    @ParameterizedTest
    @CsvSource({
        "UNAVAILABLE, UNAVAILABLE",
        "CANCELLED, UNAVAILABLE",
        "DEADLINE_EXCEEDED, DEADLINE_EXCEEDED",
        "UNAUTHENTICATED, UNAUTHENTICATED",
        "PERMISSION_DENIED, FORBIDDEN",
        "RESOURCE_EXHAUSTED, OVERLOADED",
        "NOT_FOUND, NOT_FOUND",
        "INVALID_ARGUMENT, INVALID_REQUEST",
        "OUT_OF_RANGE, INVALID_REQUEST",
        "ABORTED, CONFLICT",
        "ALREADY_EXISTS, CONFLICT",
        "FAILED_PRECONDITION, CONFLICT",
        "UNKNOWN, UNAVAILABLE",
        "UNIMPLEMENTED, UNAVAILABLE",
        "INTERNAL, UNAVAILABLE",
        "DATA_LOSS, INTERNAL"
    })
    void a_foreign_status_is_the_problem_nearest_to_it(Status.Code code, Problem nearest) {
        StatusRuntimeException foreign =
                code.toStatus().withDescription("db-7.internal refused").asRuntimeException();

        RefusedException arrived = RefusalCodec.fromStatus(foreign);

        assertThat(arrived.problem()).isEqualTo(nearest);
        assertThat(arrived.detail()).isEqualTo(nearest.title());
    }

    @ParameterizedTest
    @EnumSource(value = Status.Code.class, mode = Mode.EXCLUDE, names = "OK")
    void the_description_of_a_foreign_status_is_never_answered(Status.Code code) {
        StatusRuntimeException foreign =
                code.toStatus().withDescription("db-7.internal refused").asRuntimeException();

        assertThat(RefusalCodec.fromStatus(foreign).detail()).doesNotContain("db-7");
    }

    @Test
    void an_unknown_code_becomes_the_nearest_problem() {
        StatusRuntimeException newer = StatusProto.toStatusRuntimeException(com.google.rpc.Status.newBuilder()
                .setCode(Status.Code.FAILED_PRECONDITION.value())
                .setMessage("the moon is wrong")
                .addDetails(
                        Any.pack(ErrorInfo.newBuilder().setReason("wrong-moon").build()))
                .build());

        assertThat(RefusalCodec.fromStatus(newer).problem()).isEqualTo(Problem.CONFLICT);
    }

    @ParameterizedTest
    @EnumSource(
            value = Status.Code.class,
            names = {"UNKNOWN", "INTERNAL", "UNIMPLEMENTED"})
    void a_fault_that_a_side_answers_is_not_a_broken_connection(Status.Code code) {
        StatusRuntimeException told = StatusProto.toStatusRuntimeException(com.google.rpc.Status.newBuilder()
                .setCode(code.value())
                .addDetails(Any.pack(
                        ErrorInfo.newBuilder().setReason("of-a-newer-version").build()))
                .build());

        assertThat(RefusalCodec.fromStatus(told).problem()).isEqualTo(Problem.INTERNAL);
        assertThat(RefusalCodec.isSaidByASide(told)).isTrue();
        assertThat(RefusalCodec.isSaidByASide(code.toStatus().asRuntimeException()))
                .isFalse();
    }

    @Test
    void unreadable_details_are_an_internal_error() {
        Any damaged = Any.pack(ErrorInfo.getDefaultInstance()).toBuilder()
                .setValue(ByteString.copyFrom(new byte[] {0x0A, 0x7F}))
                .build();
        StatusRuntimeException status = StatusProto.toStatusRuntimeException(com.google.rpc.Status.newBuilder()
                .setCode(Status.Code.NOT_FOUND.value())
                .addDetails(damaged)
                .build());

        assertThat(RefusalCodec.fromStatus(status).problem()).isEqualTo(Problem.INTERNAL);
    }

    @Test
    void a_status_with_empty_trailers_is_translated() {
        RefusedException arrived = RefusalCodec.fromStatus(Status.ABORTED.asRuntimeException(new Metadata()));

        assertThat(arrived.problem()).isEqualTo(Problem.CONFLICT);
    }
}
