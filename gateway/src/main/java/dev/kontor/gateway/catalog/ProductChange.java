package dev.kontor.gateway.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.kontor.gateway.platform.RequiredValues;
import dev.kontor.proto.catalog.ChangeProductRequest;

/** A change of a product. A member that is absent or null stays unchanged. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ProductChange(String title, String description, String category, MoneyJson price) {

    ChangeProductRequest toProto(String productId) {
        ChangeProductRequest.Builder change = ChangeProductRequest.newBuilder().setProductId(productId);
        if (title != null) {
            change.setTitle(title);
        }
        if (description != null) {
            change.setDescription(description);
        }
        if (category != null) {
            change.setCategory(category);
        }
        if (price != null) {
            RequiredValues needed = new RequiredValues();
            price.check("price", needed);
            needed.orRefuse();
            change.setPrice(price.toProto());
        }
        return change.build();
    }
}
