package dev.kontor.gateway.catalog;

import dev.kontor.gateway.platform.RequiredValues;
import dev.kontor.proto.catalog.ListProductRequest;
import io.swagger.v3.oas.annotations.media.Schema;

/** @param description null for none */
@Schema(requiredProperties = {"title", "category", "price", "stock"})
record NewProduct(
        String title,
        String description,
        String category,
        MoneyJson price,
        @Schema(example = "10") Long stock) {

    ListProductRequest toProto() {
        RequiredValues needed = new RequiredValues()
                .value("title", title)
                .value("category", category)
                .value("price", price)
                .value("stock", stock);
        if (price != null) {
            price.check("price", needed);
        }
        needed.orRefuse();
        return ListProductRequest.newBuilder()
                .setTitle(title)
                .setDescription(description == null ? "" : description)
                .setCategory(category)
                .setPrice(price.toProto())
                .setStock(stock)
                .build();
    }
}
