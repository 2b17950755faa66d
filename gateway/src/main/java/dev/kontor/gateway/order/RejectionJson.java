package dev.kontor.gateway.order;

import dev.kontor.proto.order.RejectedLine;
import dev.kontor.proto.order.Rejection;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** Why an order was rejected, and which lines it is about. */
@Schema(name = "Rejection")
record RejectionJson(String code, List<LineJson> lines) {

    /** @param available units that could have been had when the line was refused */
    @Schema(name = "RejectedLine")
    record LineJson(String productId, String code, long available) {

        static LineJson of(RejectedLine line) {
            return new LineJson(line.getProductId(), line.getCode(), line.getAvailable());
        }
    }

    static RejectionJson of(Rejection rejection) {
        return new RejectionJson(
                rejection.getCode(),
                rejection.getLinesList().stream().map(LineJson::of).toList());
    }

    /** The code that names the problem: that of the first line, or of the order where no line is to blame. */
    String problemCode() {
        return lines.stream()
                .map(LineJson::code)
                .filter(code -> !code.isEmpty())
                .findFirst()
                .orElse(code);
    }
}
