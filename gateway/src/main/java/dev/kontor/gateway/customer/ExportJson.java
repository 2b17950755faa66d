package dev.kontor.gateway.customer;

import dev.kontor.gateway.cart.CartJson;
import dev.kontor.gateway.catalog.ProductJson;
import dev.kontor.gateway.identity.SessionJson;
import dev.kontor.gateway.order.OrderJson;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * The schema of a customer's data. {@link ExportDownload} streams it and never holds it in memory as a whole.
 *
 * @param orders newest first
 * @param products those that the customer sells
 */
@Schema(name = "Export")
record ExportJson(
        CustomerJson profile,
        List<SessionJson> sessions,
        CartJson cart,
        List<OrderJson> orders,
        List<ProductJson> products) {}
