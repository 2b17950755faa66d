package dev.kontor.audit.catalog;

import dev.kontor.audit.Event;
import dev.kontor.audit.Findings;
import dev.kontor.audit.Invariant;
import dev.kontor.audit.Judge;
import dev.kontor.audit.Payload;
import java.util.List;

/**
 * The shop's currency is fixed at most once, and every price is in it. A log from before it was fixed has the currency
 * of its oldest price, which is then the one to be fixed.
 */
public final class PriceJudge implements Judge {

    private final Findings findings;
    /** Null until the first price, or until it is fixed. */
    private String currency;

    private boolean fixed;

    public PriceJudge(Findings findings) {
        this.findings = findings;
    }

    @Override
    public void on(Event event) {
        Payload payload = event.payload();
        switch (event.type()) {
            case "catalog.CurrencyFixed" -> fixed(event, payload.text("currency"));
            case "catalog.ProductListed", "catalog.ProductRepriced" -> price(event, payload.object("price"));
            case "catalog.StockReserved" -> price(event, payload.object("unitPrice"));
            case "order.OrderPlaced" -> lines(event, payload.objects("lines"));
            case "order.OrderConfirmed" -> {
                lines(event, payload.objects("lines"));
                price(event, payload.object("total"));
            }
            default -> {}
        }
    }

    private void fixed(Event event, String named) {
        findings.checked(Invariant.PRICES);
        if (fixed) {
            findings.violation(Invariant.PRICES, event, "fixes the shop's currency a second time");
        }
        if (currency != null && !currency.equals(named)) {
            findings.violation(
                    Invariant.PRICES, event, "fixes %s, though the log trades in %s".formatted(named, currency));
        }
        fixed = true;
        currency = named;
    }

    private void lines(Event event, List<Payload> lines) {
        for (Payload line : lines) {
            price(event, line.object("unitPrice"));
        }
    }

    private void price(Event event, Payload price) {
        findings.checked(Invariant.PRICES);
        String named = price.text("currency");
        if (currency == null) {
            currency = named;
        } else if (!currency.equals(named)) {
            findings.violation(
                    Invariant.PRICES,
                    event,
                    "has a price in %s, though the shop trades in %s".formatted(named, currency));
        }
    }
}
