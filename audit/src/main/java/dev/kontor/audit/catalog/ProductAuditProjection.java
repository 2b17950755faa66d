package dev.kontor.audit.catalog;

import dev.kontor.audit.AuditProjection;
import dev.kontor.audit.Event;
import dev.kontor.audit.Payload;

/** A product in the view {@code catalog}. */
public final class ProductAuditProjection implements AuditProjection {

    @Override
    public void apply(Event event, Fields document) {
        Payload payload = event.payload();
        switch (event.type()) {
            case "catalog.ProductListed" -> {
                describe(payload.object("description"), document);
                document.set("price", payload.object("price"));
                document.set("sellerId", payload.text("sellerId"));
                document.set("listed", true);
                document.set("listedAt", event.time().toEpochMilli());
            }
            case "catalog.ProductDescribed" -> describe(payload.object("description"), document);
            case "catalog.ProductRepriced" -> document.set("price", payload.object("price"));
            case "catalog.ProductDelisted" -> document.set("listed", false);
            default -> {}
        }
        switch (event.type()) {
            case "catalog.ProductListed" -> {
                document.set("offerVersion", event.sequence());
                document.set("stockVersion", event.sequence());
            }
            case "catalog.ProductDescribed", "catalog.ProductRepriced", "catalog.ProductDelisted" ->
                document.set("offerVersion", event.sequence());
            case "catalog.StockAdded", "catalog.StockRemoved" -> document.set("stockVersion", event.sequence());
            default -> {}
        }
        if (payload.get("stock") instanceof Payload stock) {
            document.set("stock", stock);
        }
    }

    private static void describe(Payload description, Fields document) {
        document.set("description", description);
        document.set("titleKey", ComparedText.of(description.text("title"), 400));
        document.set("categoryKey", ComparedText.of(description.text("category")));
    }
}
