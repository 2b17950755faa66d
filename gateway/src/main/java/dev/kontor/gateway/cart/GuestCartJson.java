package dev.kontor.gateway.cart;

import dev.kontor.gateway.platform.RequiredValues;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.cart.GuestCartLine;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** The cart of a guest, which only the client keeps. */
@Schema(name = "GuestCart", requiredProperties = "lines")
record GuestCartJson(
        @ArraySchema(minItems = 1, maxItems = GuestCartJson.MOST_LINES)
        List<LineJson> lines) {

    static final int MOST_LINES = 100;

    @Schema(
            name = "GuestCartLine",
            requiredProperties = {"productId", "quantity"})
    record LineJson(String productId, @Schema(example = "2") Long quantity) {

        static LineJson of(GuestCartLine line) {
            return new LineJson(line.getProductId(), line.getQuantity());
        }
    }

    List<GuestCartLine> toProto() {
        check();
        return lines.stream()
                .map(line -> GuestCartLine.newBuilder()
                        .setProductId(line.productId())
                        .setQuantity(line.quantity())
                        .build())
                .toList();
    }

    private void check() {
        if (lines != null && lines.size() > MOST_LINES) {
            throw RefusedException.invalid("lines", "must have 1 to " + MOST_LINES + " lines");
        }
        RequiredValues needed = new RequiredValues().value("lines", lines);
        for (int i = 0; lines != null && i < lines.size(); i++) {
            String field = "lines[" + i + "]";
            LineJson line = lines.get(i);
            needed.value(field, line);
            if (line != null) {
                needed.value(field + ".productId", line.productId()).value(field + ".quantity", line.quantity());
            }
        }
        needed.orRefuse();
    }
}
