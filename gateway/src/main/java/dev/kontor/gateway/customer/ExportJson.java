package dev.kontor.gateway.customer;

import dev.kontor.gateway.cart.CartJson;
import dev.kontor.gateway.catalog.ProductJson;
import dev.kontor.gateway.identity.SessionJson;
import dev.kontor.gateway.order.OrderJson;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * Everything known of a customer. This says how it looks; it is never in memory as a whole, see {@link ExportDownload}.
 *
 * @param orders newest first
 * @param products what the customer has for sale
 */
@Schema(name = "Export")
record ExportJson(
        CustomerJson profile,
        List<SessionJson> sessions,
        CartJson cart,
        List<OrderJson> orders,
        List<ProductJson> products) {}
