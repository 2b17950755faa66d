package dev.kontor.grpc.platform;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Translates between refusals and gRPC statuses with {@code google.rpc.ErrorInfo} and {@code BadRequest}.
 *
 * <p>A status always fits the 8,192 bytes of metadata that every gRPC client accepts by default. The last violations
 * are omitted if necessary, and counted in {@link #MORE_ERRORS}.
 */
public final class RefusalCodec {

    /** The member of {@code ErrorInfo.metadata} with the number of omitted violations. */
    public static final String MORE_ERRORS = "moreErrors";

    private static final String DOMAIN = "kontor.dev";

    /** Bytes; the rest of the 8,192 is for headers of the transport. */
    private static final int LARGEST = 7_168;

    private RefusalCodec() {}

    public static StatusRuntimeException toStatus(RefusedException refused) {
        List<RefusedException.Violation> listed = refused.violations();
        com.google.rpc.Status status = status(refused, listed);
        while (size(status) > LARGEST && !listed.isEmpty()) {
            listed = listed.subList(0, listed.size() - 1);
            status = status(refused, listed);
        }
        return StatusProto.toStatusRuntimeException(status);
    }

    private static com.google.rpc.Status status(RefusedException refused, List<RefusedException.Violation> listed) {
        int more = refused.moreViolations() + refused.violations().size() - listed.size();
        ErrorInfo.Builder info = ErrorInfo.newBuilder()
                .setDomain(DOMAIN)
                .setReason(refused.problem().code())
                .putAllMetadata(refused.attributes());
        if (more > 0) {
            info.putMetadata(MORE_ERRORS, Integer.toString(more));
        }
        com.google.rpc.Status.Builder status = com.google.rpc.Status.newBuilder()
                .setCode(refused.problem().grpcCode().value())
                .setMessage(refused.detail())
                .addDetails(Any.pack(info.build()));
        if (!listed.isEmpty()) {
            BadRequest.Builder badRequest = BadRequest.newBuilder();
            listed.forEach(violation -> badRequest.addFieldViolations(BadRequest.FieldViolation.newBuilder()
                    .setField(violation.field())
                    .setDescription(violation.message())));
            status.addDetails(Any.pack(badRequest.build()));
        }
        return status.build();
    }

    /** Bytes of metadata: the status in Base64, and its message again, in which every byte may become three. */
    private static int size(com.google.rpc.Status status) {
        return (status.getSerializedSize() + 2) / 3 * 4
                + 3 * status.getMessageBytes().size();
    }

    /** The inverse of {@link #toStatus}. A status without details of Kontor becomes the problem nearest to its code. */
    public static RefusedException fromStatus(StatusRuntimeException failure) {
        com.google.rpc.Status status = StatusProto.fromThrowable(failure);
        Problem problem = null;
        Map<String, String> attributes = new LinkedHashMap<>();
        List<RefusedException.Violation> violations = new ArrayList<>();
        if (status != null) {
            for (Any detail : status.getDetailsList()) {
                try {
                    if (detail.is(ErrorInfo.class)) {
                        ErrorInfo info = detail.unpack(ErrorInfo.class);
                        problem = Problem.ofCode(info.getReason()).orElse(null);
                        attributes.putAll(info.getMetadataMap());
                    } else if (detail.is(BadRequest.class)) {
                        detail.unpack(BadRequest.class)
                                .getFieldViolationsList()
                                .forEach(violation -> violations.add(new RefusedException.Violation(
                                        violation.getField(), violation.getDescription())));
                    }
                } catch (InvalidProtocolBufferException e) {
                    return new RefusedException(Problem.INTERNAL, "A refusal arrived that cannot be read");
                }
            }
        }
        if (problem != null) {
            String detail = failure.getStatus().getDescription();
            int more = count(attributes.remove(MORE_ERRORS));
            return new RefusedException(
                    problem, detail == null ? problem.title() : detail, attributes, violations, more);
        }
        Problem nearest = nearest(failure.getStatus().getCode(), isSaid(status));
        // The description of a foreign status may name hosts and classes, so it is not answered.
        return new RefusedException(nearest, nearest.title());
    }

    /** 0 for anything that {@link #toStatus} does not write. */
    private static int count(String text) {
        return text != null && text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
    }

    /**
     * Whether the status comes from a side. Every failure of a side has an {@code ErrorInfo}; a status of the transport
     * or of a proxy has none.
     */
    public static boolean isSaidByASide(StatusRuntimeException failure) {
        return isSaid(StatusProto.fromThrowable(failure));
    }

    private static boolean isSaid(com.google.rpc.Status status) {
        return status != null && status.getDetailsList().stream().anyMatch(detail -> detail.is(ErrorInfo.class));
    }

    private static Problem nearest(Status.Code code, boolean saidByASide) {
        return switch (code) {
            case UNAVAILABLE, CANCELLED -> Problem.UNAVAILABLE;
            case DEADLINE_EXCEEDED -> Problem.DEADLINE_EXCEEDED;
            case UNAUTHENTICATED -> Problem.UNAUTHENTICATED;
            case PERMISSION_DENIED -> Problem.FORBIDDEN;
            case RESOURCE_EXHAUSTED -> Problem.OVERLOADED;
            case NOT_FOUND -> Problem.NOT_FOUND;
            case INVALID_ARGUMENT, OUT_OF_RANGE -> Problem.INVALID_REQUEST;
            case ABORTED, ALREADY_EXISTS, FAILED_PRECONDITION -> Problem.CONFLICT;
            // A broken stream ends with any of these, and a side of an older version does not implement every method.
            case UNKNOWN, INTERNAL, UNIMPLEMENTED -> saidByASide ? Problem.INTERNAL : Problem.UNAVAILABLE;
            case OK, DATA_LOSS -> Problem.INTERNAL;
        };
    }
}
