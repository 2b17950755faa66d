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
                price(payload.object("price"), document);
                document.set("sellerId", payload.text("sellerId"));
                document.set("listed", true);
                document.set("listedAt", event.time().toEpochMilli());
            }
            case "catalog.ProductDescribed" -> describe(payload.object("description"), document);
            case "catalog.ProductRepriced" -> price(payload.object("price"), document);
            case "catalog.ProductDelisted" -> document.set("listed", false);
            default -> {}
        }
        if (payload.get("stock") instanceof Payload stock) {
            document.set("available", stock.number("available"));
            document.set("reserved", stock.number("reserved"));
        }
    }

    private static void describe(Payload description, Fields document) {
        String title = description.text("title");
        document.set("title", title);
        String text = description.text("text");
        String category = description.text("category");
        document.set("titleKey", ComparedText.of(title, 400));
        document.set("description", text);
        document.set("category", category);
        document.set("categoryKey", ComparedText.of(category));
        document.set("searchText", ComparedText.of(title, 400) + "\n" + ComparedText.of(text, 10_000));
    }

    private static void price(Payload price, Fields document) {
        document.set("amount", price.number("amount"));
        document.set("currency", price.text("currency"));
    }
}
