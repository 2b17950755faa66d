package dev.kontor.gateway.catalog;

import dev.kontor.gateway.platform.RequiredValues;
import dev.kontor.proto.catalog.ChangeStockRequest;
import io.swagger.v3.oas.annotations.media.Schema;

/** @param change above zero adds, below zero removes */
@Schema(name = "StockChange", requiredProperties = "change")
record StockChangeJson(@Schema(example = "5") Long change) {

    ChangeStockRequest toProto(String productId) {
        new RequiredValues().value("change", change).orRefuse();
        return ChangeStockRequest.newBuilder()
                .setProductId(productId)
                .setChange(change)
                .build();
    }
}
