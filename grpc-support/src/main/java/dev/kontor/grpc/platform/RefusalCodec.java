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
 * The one translation between a refusal and what gRPC carries: {@code google.rpc.ErrorInfo} and {@code BadRequest}.
 *
 * <p>A status always fits the 8,192 bytes of metadata that every gRPC client takes by default. Violations for which there
 * is no room are left out from the end and counted under {@link #MORE_ERRORS}.
 */
public final class RefusalCodec {

    /** The member of {@code ErrorInfo.metadata} that says how many more violations there are than are listed. */
    public static final String MORE_ERRORS = "moreErrors";

    private static final String DOMAIN = "kontor.dev";

    /** Of the 8,192; the rest is for the headers that the transport adds. */
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

    /** Bytes of metadata: the whole in Base64, and beside it the message, of which every byte may become three. */
    private static int size(com.google.rpc.Status status) {
        return (status.getSerializedSize() + 2) / 3 * 4
                + 3 * status.getMessageBytes().size();
    }

    /** Reads what {@link #toStatus} wrote; a status without our details becomes the problem nearest to its code. */
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
        // Descriptions of statuses that are not ours may name hosts and classes: they stay in the log.
        return new RefusedException(nearest, nearest.title());
    }

    /** As {@link #toStatus} writes it; anything else tells nothing. */
    private static int count(String text) {
        return text != null && text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
    }

    /**
     * Whether one of ours has said it. Every failure of a side does, and is told with {@code ErrorInfo}; what has none was
     * said on the way: by a transport that broke, or by a proxy.
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
            // A stream that is cut in the middle ends as any of these; and a side that does not know the method is an
            // older
            // one, in a moment when both are running.
            case UNKNOWN, INTERNAL, UNIMPLEMENTED -> saidByASide ? Problem.INTERNAL : Problem.UNAVAILABLE;
            case OK, DATA_LOSS -> Problem.INTERNAL;
        };
    }
}
