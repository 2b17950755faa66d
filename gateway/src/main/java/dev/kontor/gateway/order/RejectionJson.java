package dev.kontor.gateway.order;

import dev.kontor.grpc.platform.Problem;
import dev.kontor.proto.order.RejectedLine;
import dev.kontor.proto.order.Rejection;
import dev.kontor.proto.order.RejectionReason;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** The reason why an order was rejected, and the lines that caused it. */
@Schema(name = "Rejection")
record RejectionJson(String code, List<LineJson> lines) {

    /** @param available units that were available when the line was refused */
    @Schema(name = "RejectedLine")
    record LineJson(String productId, String code, long available) {

        static LineJson of(RejectedLine line) {
            return new LineJson(line.getProductId(), problem(line.getReason()).code(), line.getAvailable());
        }
    }

    static RejectionJson of(Rejection rejection) {
        return new RejectionJson(
                problem(rejection.getReason()).code(),
                rejection.getLinesList().stream().map(LineJson::of).toList());
    }

    /** The problem of the first line, or of the order if the order is rejected as a whole. */
    Problem problem() {
        return Problem.ofCode(lines.isEmpty() ? code : lines.getFirst().code()).orElseThrow();
    }

    private static Problem problem(RejectionReason reason) {
        return switch (reason) {
            case INSUFFICIENT_STOCK -> Problem.INSUFFICIENT_STOCK;
            case PRODUCT_DELISTED -> Problem.PRODUCT_DELISTED;
            case PRICE_CHANGED -> Problem.PRICE_CHANGED;
            case ORDER_EXPIRED -> Problem.ORDER_EXPIRED;
            case UNKNOWN_PRODUCT -> Problem.UNKNOWN_PRODUCT;
            case CURRENCY_MISMATCH -> Problem.CURRENCY_MISMATCH;
            case REJECTION_REASON_UNSPECIFIED, UNRECOGNIZED -> Problem.CONFLICT;
        };
    }
}
