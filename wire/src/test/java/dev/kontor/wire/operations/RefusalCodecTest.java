package dev.kontor.wire.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.rpc.ErrorInfo;
import dev.kontor.wire.operations.Refused.Violation;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class RefusalCodecTest {

    @ParameterizedTest
    @EnumSource(Problem.class)
    void every_problem_arrives_as_it_was_sent(Problem problem) {
        Refused sent = new Refused(
                problem,
                "3 asked, 2 available \u00E4",
                Map.of("available", "2", "orderStatus", "SHIPPED"),
                List.of(new Violation("lines[0].quantity", "must be 1 to 2"), new Violation("name", "must be there")));

        StatusRuntimeException status = RefusalCodec.toStatus(sent);
        Refused arrived = RefusalCodec.fromStatus(status);

        assertThat(status.getStatus().getCode()).isEqualTo(problem.grpcCode());
        assertThat(arrived.problem()).isEqualTo(problem);
        assertThat(arrived.detail()).isEqualTo(sent.detail());
        assertThat(arrived.attributes()).isEqualTo(sent.attributes());
        assertThat(arrived.violations()).isEqualTo(sent.violations());
    }

    @Test
    void a_plain_refusal_arrives_plain() {
        Refused arrived = RefusalCodec.fromStatus(RefusalCodec.toStatus(new Refused(Problem.CART_EMPTY, "empty")));

        assertThat(arrived.attributes()).isEmpty();
        assertThat(arrived.violations()).isEmpty();
    }

    @Test
    void a_refusal_is_what_other_tools_can_read() throws Exception {
        StatusRuntimeException status = RefusalCodec.toStatus(new Refused(Problem.CART_FULL, "full"));

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

        Refused arrived = RefusalCodec.fromStatus(foreign);

        assertThat(arrived.problem()).isEqualTo(nearest);
        assertThat(arrived.detail()).isEqualTo(nearest.title());
    }

    @ParameterizedTest
    @EnumSource(value = Status.Code.class, mode = Mode.EXCLUDE, names = "OK")
    void a_foreign_status_never_tells_its_description(Status.Code code) {
        StatusRuntimeException foreign =
                code.toStatus().withDescription("db-7.internal refused").asRuntimeException();

        assertThat(RefusalCodec.fromStatus(foreign).detail()).doesNotContain("db-7");
    }

    @Test
    void a_code_that_only_a_newer_version_knows_becomes_the_nearest() {
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
    void a_fault_that_a_side_has_told_of_is_no_broken_connection(Status.Code code) {
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
    void details_that_cannot_be_read_are_a_fault_on_our_side() {
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
    void a_status_with_empty_trailers_is_understood() {
        Refused arrived = RefusalCodec.fromStatus(Status.ABORTED.asRuntimeException(new Metadata()));

        assertThat(arrived.problem()).isEqualTo(Problem.CONFLICT);
    }
}
