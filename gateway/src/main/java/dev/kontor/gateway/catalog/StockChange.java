package dev.kontor.gateway.catalog;

import dev.kontor.gateway.operations.Needed;
import dev.kontor.proto.catalog.ChangeStockRequest;
import io.swagger.v3.oas.annotations.media.Schema;

/** @param change above zero adds, below zero removes */
@Schema(requiredProperties = "change")
record StockChange(@Schema(example = "5") Long change) {

    ChangeStockRequest toProto(String productId) {
        new Needed().value("change", change).orRefuse();
        return ChangeStockRequest.newBuilder()
                .setProductId(productId)
                .setChange(change)
                .build();
    }
}
