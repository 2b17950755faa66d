package dev.kontor.audit.catalog;

import dev.kontor.audit.Event;
import dev.kontor.audit.Findings;
import dev.kontor.audit.Hash;
import dev.kontor.audit.Invariant;
import dev.kontor.audit.Judge;
import dev.kontor.audit.Numbered;
import dev.kontor.audit.NumberedIds;
import dev.kontor.audit.Payload;

/**
 * Counts every product's units and compares the count with the level that each event states. Also verifies that a
 * product reserves stock at its current terms only, and refuses for a true reason only.
 */
public final class StockJudge implements Judge {

    private final Findings findings;
    private final NumberedIds ids = new NumberedIds();
    private final Numbered<Product> products = new Numbered<>(Product[]::new);

    public StockJudge(Findings findings) {
        this.findings = findings;
    }

    /** The state of a product; texts as hashes. */
    private static final class Product {
        private long seller;
        private long title;
        private long price;
        private boolean listed = true;
        private long received;
        private long removed;
        private long shipped;
        private long available;
        private long reserved;
        /** The previous difference of the stated level: an error is reported once, not at every later event. */
        private long availableOff;

        private long reservedOff;

        boolean addsUp() {
            return available >= 0
                    && reserved >= 0
                    && removed >= 0
                    && shipped >= 0
                    && received == available + reserved + shipped + removed;
        }

        @Override
        public String toString() {
            return "received %d, available %d, reserved %d, shipped %d, removed %d"
                    .formatted(received, available, reserved, shipped, removed);
        }
    }

    @Override
    public void on(Event event) {
        if (!event.isOf("catalog") || event.type().equals("catalog.CurrencyFixed")) {
            return;
        }
        if (event.type().equals("catalog.ProductListed")) {
            list(event);
            return;
        }
        Product product = products.get(ids.find(event.aggregateId()));
        if (product == null) {
            findings.violation(Invariant.STOCK, event, "has stock before it was ever listed");
            return;
        }
        Payload payload = event.payload();
        switch (event.type()) {
            case "catalog.ProductDescribed" ->
                product.title = Hash.text(payload.object("description").text("title"));
            case "catalog.ProductRepriced" -> product.price = Hash.of(payload.object("price"));
            case "catalog.ProductDelisted" -> product.listed = false;
            case "catalog.StockAdded" -> {
                product.received += units(event, "units", 1);
                product.available += payload.number("units");
            }
            case "catalog.StockRemoved" -> {
                product.removed += units(event, "units", 1);
                product.available -= payload.number("units");
            }
            case "catalog.StockReserved" -> {
                isOnItsTerms(event, product);
                product.reserved += units(event, "quantity", 1);
                product.available -= payload.number("quantity");
            }
            case "catalog.StockReleased" -> {
                product.reserved -= units(event, "units", 0);
                product.available += payload.number("units");
            }
            case "catalog.StockCommitted" -> {
                product.shipped += units(event, "units", 1);
                product.reserved -= payload.number("units");
            }
            case "catalog.StockReservationRefused" -> isRefusedForAReason(event, product);
            default -> {
                return;
            }
        }
        if (payload.get("stock") != null) {
            isAsStated(event, product);
        }
    }

    private void list(Event event) {
        int known = ids.size();
        int number = ids.of(event.aggregateId());
        if (number < known) {
            findings.violation(Invariant.STOCK, event, "is listed a second time");
            return;
        }
        Payload payload = event.payload();
        Product product = new Product();
        product.seller = Hash.text(payload.text("sellerId"));
        product.title = Hash.text(payload.object("description").text("title"));
        product.price = Hash.of(payload.object("price"));
        product.received = payload.object("stock").number("available");
        product.available = product.received;
        products.put(number, product);
        isAsStated(event, product);
    }

    private long units(Event event, String field, long least) {
        long units = event.payload().number(field);
        if (units < least) {
            findings.violation(Invariant.STOCK, event, "moves %d units".formatted(units));
        }
        return units;
    }

    private void isAsStated(Event event, Product product) {
        findings.checked(Invariant.STOCK);
        Payload stated = event.payload().object("stock");
        long availableOff = stated.number("available") - product.available;
        long reservedOff = stated.number("reserved") - product.reserved;
        boolean isOff = availableOff != 0 || reservedOff != 0;
        boolean isNew = availableOff != product.availableOff || reservedOff != product.reservedOff;
        product.availableOff = availableOff;
        product.reservedOff = reservedOff;
        if (isOff && isNew) {
            findings.violation(
                    Invariant.STOCK,
                    event,
                    "states available %d and reserved %d, but by its history there is %s"
                            .formatted(stated.number("available"), stated.number("reserved"), product));
        } else if (!product.addsUp() && !isOff) {
            findings.violation(Invariant.STOCK, event, "does not add up: " + product);
        }
    }

    private void isOnItsTerms(Event event, Product product) {
        Payload payload = event.payload();
        if (!product.listed) {
            findings.violation(Invariant.RETURNS, event, "is reserved after it was delisted");
        }
        if (Hash.text(payload.text("sellerId")) != product.seller
                || Hash.text(payload.text("title")) != product.title
                || Hash.of(payload.object("unitPrice")) != product.price) {
            findings.violation(
                    Invariant.RETURNS,
                    event,
                    "is reserved as '%s' at %s, which is not what the product says at this moment"
                            .formatted(payload.text("title"), payload.object("unitPrice")));
        }
    }

    private void isRefusedForAReason(Event event, Product product) {
        Payload payload = event.payload();
        boolean wrong = switch (payload.text("code")) {
            case "insufficient-stock" -> payload.number("quantity") <= product.available;
            case "product-delisted" -> product.listed;
            default -> false;
        };
        if (wrong) {
            findings.violation(
                    Invariant.STOCK,
                    event,
                    "refuses %d units for %s, though there is %s and it is %s"
                            .formatted(
                                    payload.number("quantity"),
                                    payload.text("code"),
                                    product,
                                    product.listed ? "listed" : "delisted"));
        }
    }
}
