package dev.kontor.api.platform;

import dev.kontor.api.cart.CartEvent.CartCheckedOut;
import dev.kontor.api.cart.CartEvent.CartCleared;
import dev.kontor.api.cart.CartEvent.CartItemPut;
import dev.kontor.api.cart.CartEvent.CartItemRemoved;
import dev.kontor.api.cart.CartEvent.CartMerged;
import dev.kontor.api.cart.CartEvent.CartReopened;
import dev.kontor.api.cart.CartEvent.CheckoutCompleted;
import dev.kontor.api.cart.CartLine;
import dev.kontor.api.cart.LeftOutLine;
import dev.kontor.api.catalog.CurrencyCode;
import dev.kontor.api.catalog.Description;
import dev.kontor.api.catalog.Money;
import dev.kontor.api.catalog.ProductEvent.ProductDelisted;
import dev.kontor.api.catalog.ProductEvent.ProductDescribed;
import dev.kontor.api.catalog.ProductEvent.ProductListed;
import dev.kontor.api.catalog.ProductEvent.ProductRepriced;
import dev.kontor.api.catalog.ProductEvent.StockAdded;
import dev.kontor.api.catalog.ProductEvent.StockCommitted;
import dev.kontor.api.catalog.ProductEvent.StockReleased;
import dev.kontor.api.catalog.ProductEvent.StockRemoved;
import dev.kontor.api.catalog.ProductEvent.StockReservationRefused;
import dev.kontor.api.catalog.ProductEvent.StockReserved;
import dev.kontor.api.catalog.Quantity;
import dev.kontor.api.catalog.ShopEvent.CurrencyFixed;
import dev.kontor.api.catalog.StockLevel;
import dev.kontor.api.customer.CustomerEvent.CustomerDeactivated;
import dev.kontor.api.customer.CustomerEvent.CustomerErased;
import dev.kontor.api.customer.CustomerEvent.CustomerReactivated;
import dev.kontor.api.customer.CustomerEvent.CustomerRegistered;
import dev.kontor.api.customer.CustomerEvent.ProfileChanged;
import dev.kontor.api.customer.CustomerEvent.RoleGranted;
import dev.kontor.api.customer.Role;
import dev.kontor.api.customer.Sealed;
import dev.kontor.api.identity.AdminsEvent.AdminAppointed;
import dev.kontor.api.identity.AdminsEvent.AdminDismissed;
import dev.kontor.api.identity.CredentialsEvent.CredentialsClosed;
import dev.kontor.api.identity.CredentialsEvent.CredentialsLocked;
import dev.kontor.api.identity.CredentialsEvent.CredentialsReopened;
import dev.kontor.api.identity.CredentialsEvent.CredentialsUnlocked;
import dev.kontor.api.identity.CredentialsEvent.SignInFailed;
import dev.kontor.api.identity.CredentialsEvent.SignInSucceeded;
import dev.kontor.api.identity.CredentialsEvent.TokensRevoked;
import dev.kontor.api.identity.CredentialsEvent.VerifierSet;
import dev.kontor.api.identity.CredentialsEvent.VerifierUpgraded;
import dev.kontor.api.identity.EmailEvent.EmailClaimed;
import dev.kontor.api.identity.EmailEvent.EmailReleased;
import dev.kontor.api.identity.EmailKey;
import dev.kontor.api.identity.RevokedBecause;
import dev.kontor.api.identity.SessionEnd;
import dev.kontor.api.identity.SessionEvent.SessionOpened;
import dev.kontor.api.identity.SessionEvent.SessionRefreshed;
import dev.kontor.api.identity.SessionEvent.SessionRevoked;
import dev.kontor.api.identity.SessionId;
import dev.kontor.api.identity.SigningKeyEvent.SigningKeyAdded;
import dev.kontor.api.identity.SigningKeyEvent.SigningKeyRevoked;
import dev.kontor.api.identity.TokenHash;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.api.operations.OperatorEvent.OperatorActEnded;
import dev.kontor.api.operations.OperatorEvent.OperatorActed;
import dev.kontor.api.order.CancelledBy;
import dev.kontor.api.order.OrderEvent.OrderCancelled;
import dev.kontor.api.order.OrderEvent.OrderConfirmed;
import dev.kontor.api.order.OrderEvent.OrderDelivered;
import dev.kontor.api.order.OrderEvent.OrderPlaced;
import dev.kontor.api.order.OrderEvent.OrderRejected;
import dev.kontor.api.order.OrderEvent.OrderShipped;
import dev.kontor.api.order.OrderEvent.OrderStockReturned;
import dev.kontor.api.order.OrderLine;
import dev.kontor.api.order.OrderOrigin;
import dev.kontor.api.order.OrderStatus;
import dev.kontor.api.order.Rejection;
import dev.kontor.api.order.StockMovement;
import dev.kontor.api.request.KeyedRequestEvent.RequestAnswered;
import dev.kontor.api.request.KeyedRequestEvent.RequestExecuted;
import dev.kontor.api.request.KeyedRequestId;
import java.time.Instant;
import java.util.List;

/** One fixed sample of every event. */
public final class Samples {

    private static final CustomerId ANNA = new CustomerId("0197a3c2-0000-7000-8000-000000000001");
    private static final CustomerId BERT = new CustomerId("0197a3c2-0000-7000-8000-000000000002");
    private static final ProductId LAMP = new ProductId("0197a3c2-0000-7000-8000-0000000000a1");
    private static final ProductId DESK = new ProductId("0197a3c2-0000-7000-8000-0000000000a2");
    private static final OrderId ORDER = new OrderId("0197a3c2-0000-8000-8000-0000000000f1");
    private static final EmailKey EMAIL = new EmailKey("2jmj7l5rSw0yVb_vlWAYkK_YBwk");
    private static final SessionId SESSION = new SessionId("0197a3c2-0000-7000-8000-0000000000e1");
    private static final KeyedRequestId REQUEST = new KeyedRequestId("0197a3c2-0000-8000-8000-0000000000d1");
    private static final TokenHash TOKEN = new TokenHash("Zm9yIHRlc3RzIG9ubHk");
    private static final Instant DEADLINE = Instant.parse("2026-03-01T12:01:00.123456Z");
    private static final Money PRICE = new Money(3_000_000_000L, "EUR");
    private static final Quantity THREE = new Quantity(3);
    private static final StockLevel LEVEL = new StockLevel(5_000_000_000L, 3);
    private static final OrderLine LINE = new OrderLine(LAMP, THREE, BERT, "Lamp \"Lumi\" \u00E4", PRICE);
    private static final List<StockMovement> MOVEMENTS =
            List.of(new StockMovement(LAMP, 7), new StockMovement(DESK, 4_294_967_296L));

    private Samples() {}

    public static List<Object> all() {
        return List.of(
                new EmailClaimed(EMAIL, ANNA),
                new EmailReleased(EMAIL, ANNA),
                new VerifierSet(ANNA, new Sealed("dmVyaWZpZXI="), 2),
                new SignInSucceeded(ANNA, 2),
                new SignInFailed(ANNA, 3),
                new CredentialsLocked(ANNA, 10, DEADLINE),
                new VerifierUpgraded(ANNA, new Sealed("dmVyaWZpZXIy"), 2),
                new TokensRevoked(ANNA, 3, RevokedBecause.ROLE_CHANGED),
                new CredentialsReopened(ANNA),
                new CredentialsUnlocked(ANNA),
                new CredentialsClosed(ANNA),
                new SessionOpened(SESSION, ANNA, 3, TOKEN, DEADLINE, new Sealed("ZGV2aWNl")),
                new SessionRefreshed(SESSION, ANNA, TOKEN, DEADLINE),
                new SessionRevoked(SESSION, ANNA, SessionEnd.TOKEN_REUSED),
                new AdminAppointed(ANNA),
                new AdminDismissed(ANNA),
                new SigningKeyAdded("yMp5rQ0ZQeB2oK9k8Vw1", "MIIBIjAN", DEADLINE),
                new SigningKeyRevoked("yMp5rQ0ZQeB2oK9k8Vw1"),
                new CustomerRegistered(ANNA, new Sealed("ZW1haWw="), new Sealed("bmFtZQ=="), Role.CUSTOMER),
                new ProfileChanged(ANNA, new Sealed("ZW1haWw="), new Sealed("bmFtZTI=")),
                new RoleGranted(ANNA, Role.ADMIN),
                new CustomerDeactivated(ANNA),
                new CustomerReactivated(ANNA),
                new CustomerErased(ANNA),
                new ProductListed(LAMP, BERT, new Description("Lamp", "Two\nlines", "light"), PRICE, LEVEL),
                new ProductDescribed(LAMP, new Description("Lamp", "", "light")),
                new ProductRepriced(LAMP, PRICE),
                new StockAdded(LAMP, 5_000_000_000L, LEVEL),
                new StockRemoved(LAMP, 1, LEVEL),
                new StockReserved(LAMP, ORDER, THREE, BERT, "Lamp", PRICE, DEADLINE, LEVEL),
                new StockReservationRefused(LAMP, ORDER, THREE, "insufficient-stock", DEADLINE, LEVEL),
                new StockReleased(LAMP, ORDER, 3, DEADLINE, LEVEL),
                new StockCommitted(LAMP, ORDER, 3, LEVEL),
                new ProductDelisted(LAMP),
                new CurrencyFixed(new CurrencyCode("EUR")),
                new CartItemPut(ANNA, LAMP, THREE),
                new CartItemRemoved(ANNA, LAMP),
                new CartCleared(ANNA),
                new CartCheckedOut(ANNA, ORDER, List.of(new CartLine(LAMP, THREE))),
                new CheckoutCompleted(ANNA, ORDER, List.of(new CartLine(DESK, new Quantity(1)))),
                new CartReopened(ANNA, ORDER),
                new CartMerged(
                        ANNA,
                        "0197a3c2-0000-8000-8000-0000000000e1",
                        "fingerprint",
                        List.of(new CartLine(LAMP, THREE)),
                        List.of(new LeftOutLine(DESK, 2, "product-delisted"))),
                new OrderPlaced(ORDER, ANNA, List.of(LINE), PRICE, OrderOrigin.DIRECT, DEADLINE, "fingerprint"),
                new OrderConfirmed(ORDER, ANNA, OrderOrigin.CART, List.of(LINE), LINE.total(), MOVEMENTS),
                new OrderRejected(
                        ORDER,
                        ANNA,
                        OrderOrigin.CART,
                        Rejection.ofLines(List.of(new Rejection.Line(LAMP, "insufficient-stock", 2))),
                        List.of(LAMP, DESK),
                        DEADLINE),
                new OrderCancelled(
                        ORDER,
                        ANNA,
                        OrderOrigin.DIRECT,
                        OrderStatus.CONFIRMED,
                        CancelledBy.SHOP,
                        List.of(LAMP, DESK),
                        DEADLINE),
                new OrderShipped(ORDER, ANNA, List.of(LAMP, DESK)),
                new OrderDelivered(ORDER, ANNA),
                new OrderStockReturned(ORDER, MOVEMENTS),
                new RequestExecuted(REQUEST, "CatalogCommands/ListProduct", "fingerprint", LAMP.value(), "4294967296"),
                new RequestAnswered(REQUEST, 201, new Sealed("YW5zd2Vy"), List.of(ANNA, BERT)),
                new OperatorActed("operator", "unmask", ANNA.value() + "/0", "A question of the customer"),
                new OperatorActEnded(0, "refused:dead-letter-not-found"));
    }
}
