package dev.kontor.audit.catalog;

import dev.kontor.audit.AuditProjection;
import dev.kontor.audit.Event;
import dev.kontor.audit.Payload;

/** The offer of a product in the search index. */
public final class SearchAuditProjection implements AuditProjection {

    /** Whether an event changes an offer. */
    public static boolean shows(Event event) {
        return switch (event.type()) {
            case "catalog.ProductListed",
                    "catalog.ProductDescribed",
                    "catalog.ProductRepriced",
                    "catalog.ProductDelisted" -> true;
            default -> false;
        };
    }

    @Override
    public void apply(Event event, Fields document) {
        Payload payload = event.payload();
        switch (event.type()) {
            case "catalog.ProductListed" -> {
                document.set("description", payload.object("description"));
                document.set("price", payload.object("price").get("amount"));
                document.set("sellerId", payload.text("sellerId"));
                document.set("listed", true);
                document.set("listedAt", event.time().toEpochMilli());
            }
            case "catalog.ProductDescribed" -> document.set("description", payload.object("description"));
            case "catalog.ProductRepriced" ->
                document.set("price", payload.object("price").get("amount"));
            case "catalog.ProductDelisted" -> document.set("listed", false);
            default -> {}
        }
    }
}
