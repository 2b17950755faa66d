package dev.kontor.audit.platform;

import dev.kontor.audit.Event;
import dev.kontor.audit.Findings;
import dev.kontor.audit.Invariant;
import dev.kontor.audit.LogSource;
import dev.kontor.audit.Payload;
import dev.kontor.audit.RawEvent;
import dev.kontor.audit.UnreadableException;
import dev.kontor.audit.WorkClock;
import java.util.function.Consumer;

/** Reads events, and reports those that cannot be read or that name another aggregate than their own. */
final class EventReader {

    private final Findings findings;
    private final WorkClock clock = new WorkClock();

    EventReader(Findings findings) {
        this.findings = findings;
    }

    WorkClock clock() {
        return clock;
    }

    /** Null for an event that the audit ignores. */
    Event read(RawEvent raw) {
        long worked = clock.at(raw.time());
        if (raw.aggregateId() == null) {
            tell(raw, "is of no aggregate");
            return null;
        }
        Event event = parse(raw, worked);
        String own = owner(event);
        if (own == null) {
            tell(raw, "is a %s of revision %s, which this audit does not know".formatted(raw.type(), raw.revision()));
            return null;
        }
        if (!own.equals(raw.aggregateId())) {
            tell(raw, "%s names %s".formatted(raw.type(), own));
        }
        return event;
    }

    private static Event parse(RawEvent raw, long worked) {
        return new Event(
                raw.position(),
                raw.time(),
                worked,
                raw.aggregateType(),
                raw.aggregateId(),
                raw.sequence(),
                raw.type(),
                Payload.parse(raw.payload()));
    }

    /** The aggregate that the payload names; null for an unknown type. */
    private static String owner(Event event) {
        Payload payload = event.payload();
        return switch (event.type()) {
            case "order.OrderPlaced",
                    "order.OrderConfirmed",
                    "order.OrderRejected",
                    "order.OrderCancelled",
                    "order.OrderShipped",
                    "order.OrderDelivered",
                    "order.OrderStockReturned" -> payload.text("orderId");
            case "catalog.ProductListed",
                    "catalog.ProductDescribed",
                    "catalog.ProductRepriced",
                    "catalog.ProductDelisted",
                    "catalog.StockAdded",
                    "catalog.StockRemoved",
                    "catalog.StockReserved",
                    "catalog.StockReservationRefused",
                    "catalog.StockReleased",
                    "catalog.StockCommitted" -> payload.text("productId");
            case "cart.CartItemPut",
                    "cart.CartMerged",
                    "cart.CartItemRemoved",
                    "cart.CartCleared",
                    "cart.CartCheckedOut",
                    "cart.CheckoutCompleted",
                    "cart.CartReopened" -> "cart-" + payload.text("customerId");
            case "customer.CustomerRegistered",
                    "customer.ProfileChanged",
                    "customer.RoleGranted",
                    "customer.CustomerDeactivated",
                    "customer.CustomerReactivated",
                    "customer.CustomerErased" -> payload.text("customerId");
            case "identity.EmailClaimed", "identity.EmailReleased" -> "email-" + payload.text("emailKey");
            case "identity.VerifierSet",
                    "identity.SignInSucceeded",
                    "identity.SignInFailed",
                    "identity.CredentialsLocked",
                    "identity.VerifierUpgraded",
                    "identity.TokensRevoked",
                    "identity.CredentialsReopened",
                    "identity.CredentialsUnlocked",
                    "identity.CredentialsClosed" -> "credentials-" + payload.text("customerId");
            case "identity.SessionOpened", "identity.SessionRefreshed", "identity.SessionRevoked" ->
                payload.text("sessionId");
            case "request.RequestExecuted", "request.RequestAnswered" -> "request-" + payload.text("requestId");
            // There is one aggregate of each.
            case "identity.AdminAppointed", "identity.AdminDismissed" -> "admins";
            case "catalog.CurrencyFixed" -> "shop";
            case "operations.OperatorActed", "operations.OperatorActEnded" -> "operators";
            case "identity.SigningKeyAdded", "identity.SigningKeyRevoked" -> "signing-keys";
            default -> null;
        };
    }

    void tell(RawEvent raw, String detail) {
        findings.violation(Invariant.LOG, raw.position(), raw.aggregateType() + " " + raw.aggregateId(), detail);
    }

    /** Reads the log again without repeating the reports. */
    void readAgain(LogSource log, Consumer<Event> reader) {
        log.read(new LogSource.Reader() {
            @Override
            public void event(RawEvent raw) {
                try {
                    reader.accept(parse(raw, 0));
                } catch (UnreadableException told) {
                    // It is ignored again.
                    return;
                }
            }

            @Override
            public void damage(long position, String what) {
                // It was reported when the log was read first.
            }
        });
    }
}
