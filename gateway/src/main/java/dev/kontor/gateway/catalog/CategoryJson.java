package dev.kontor.gateway.catalog;

import dev.kontor.proto.catalog.Category;
import io.swagger.v3.oas.annotations.media.Schema;

/** @param products how many listed products are in it */
@Schema(name = "Category")
record CategoryJson(String name, long products) {

    static CategoryJson of(Category category) {
        return new CategoryJson(category.getName(), category.getProducts());
    }
}
