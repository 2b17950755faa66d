package dev.kontor.query.cart;

import static dev.kontor.query.Given.listed;
import static dev.kontor.query.TestQuerySide.problemOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.kontor.api.cart.CartEvent.CartCheckedOut;
import dev.kontor.api.cart.CartEvent.CartCleared;
import dev.kontor.api.cart.CartEvent.CartItemPut;
import dev.kontor.api.cart.CartEvent.CartItemRemoved;
import dev.kontor.api.cart.CartEvent.CartMerged;
import dev.kontor.api.cart.CartEvent.CartReopened;
import dev.kontor.api.cart.CartEvent.CheckoutCompleted;
import dev.kontor.api.cart.CartLine;
import dev.kontor.api.cart.LeftOutLine;
import dev.kontor.api.catalog.Money;
import dev.kontor.api.catalog.ProductEvent.ProductDelisted;
import dev.kontor.api.catalog.ProductEvent.ProductRepriced;
import dev.kontor.api.catalog.Quantity;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.proto.cart.AwaitCheckoutRequest;
import dev.kontor.proto.cart.Cart;
import dev.kontor.proto.cart.CartItem;
import dev.kontor.proto.cart.CartQueriesGrpc;
import dev.kontor.proto.cart.GetCartRequest;
import dev.kontor.proto.cart.GuestCartLine;
import dev.kontor.proto.cart.QuoteCartRequest;
import dev.kontor.proto.cart.QuoteCartResponse;
import dev.kontor.proto.cart.WatchCartRequest;
import dev.kontor.proto.cart.WatchCartResponse;
import dev.kontor.query.StreamReader;
import dev.kontor.query.TestQuerySide;
import io.grpc.Channel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CartTest {

    private final TestQuerySide side = TestQuerySide.get();
    private final CustomerId customer = CustomerId.mint();
    private final ProductId lamp = ProductId.mint();
    private final ProductId chair = ProductId.mint();
    private final OrderId order = OrderId.mint();

    @Test
    void a_cart_that_was_never_used_is_empty() {
        Cart cart = cart();

        assertThat(cart.getItemsList()).isEmpty();
        assertThat(cart.getTotal().getAmount()).isZero();
        assertThat(cart.getTotal().getCurrency()).isEqualTo("EUR");
        assertThat(cart.getVersion()).isEqualTo(-1);
    }

    @Test
    void a_cart_shows_what_its_products_are_now() {
        side.happened(
                listed(lamp, CustomerId.mint(), "Lamp", 1_000),
                listed(chair, CustomerId.mint(), "Chair", 500),
                new ProductDelisted(chair),
                put(lamp, 1),
                put(chair, 2),
                put(lamp, 3));

        Cart cart = cart();
        assertThat(cart.getVersion()).isEqualTo(2);
        assertThat(cart.getTotal().getAmount()).isEqualTo(4_000);
        assertThat(cart.getItemsList())
                .extracting(
                        CartItem::getTitle,
                        CartItem::getQuantity,
                        CartItem::getListed,
                        item -> item.getLineTotal().getAmount())
                .containsExactly(tuple("Chair", 2L, false, 1_000L), tuple("Lamp", 3L, true, 3_000L));
    }

    @Test
    void a_cart_is_watched_by_its_owner_and_admins() {
        side.happened(listed(lamp, CustomerId.mint(), "Lamp", 1_000));
        StreamReader<WatchCartRequest, WatchCartResponse> own = watch(side.as(customer), "");
        StreamReader<WatchCartRequest, WatchCartResponse> admins = watch(side.asAdmin(), customer.value());
        assertThat(own.next().getCart().getVersion()).isEqualTo(-1);
        assertThat(admins.next().getCart().getItemsList()).isEmpty();

        side.write(put(lamp, 2));

        Cart changed = own.take().next().getCart();
        assertThat(changed.getVersion()).isZero();
        assertThat(changed.getTotal().getAmount()).isEqualTo(2_000);
        assertThat(admins.take().next().getCart()).isEqualTo(changed);
        assertThat(watch(side.as(CustomerId.mint()), customer.value()).problem())
                .isEqualTo(Problem.FORBIDDEN);
        assertThat(watch(side.asAdmin(), "no-id").problem()).isEqualTo(Problem.CUSTOMER_NOT_FOUND);
        own.cancel();
        admins.cancel();
    }

    private static StreamReader<WatchCartRequest, WatchCartResponse> watch(Channel channel, String customerId) {
        StreamReader<WatchCartRequest, WatchCartResponse> reader = new StreamReader<>();
        CartQueriesGrpc.newStub(channel)
                .watchCart(
                        WatchCartRequest.newBuilder().setCustomerId(customerId).build(), reader);
        return reader;
    }

    /** Only a log from before the shop's currency was fixed has such products. */
    @Test
    void a_cart_of_two_currencies_has_no_total_and_shows_every_line() {
        side.happened(
                listed(lamp, CustomerId.mint(), "Lamp", 1_000),
                listed(chair, CustomerId.mint(), "Chair", 500),
                new ProductRepriced(chair, new Money(700, "USD")),
                put(lamp, 1),
                put(chair, 2));

        Cart cart = cart();
        assertThat(cart.hasTotal()).isFalse();
        assertThat(cart.getItemsList())
                .extracting(
                        CartItem::getTitle,
                        item -> item.getLineTotal().getAmount(),
                        item -> item.getLineTotal().getCurrency())
                .containsExactly(tuple("Chair", 1_400L, "USD"), tuple("Lamp", 1_000L, "EUR"));
    }

    @Test
    void a_cart_with_a_product_that_the_catalog_does_not_show_yet_has_no_total() {
        side.happened(listed(lamp, CustomerId.mint(), "Lamp", 1_000), put(lamp, 1), put(chair, 2));

        Cart cart = cart();
        assertThat(cart.hasTotal()).isFalse();
        assertThat(cart.getItemsList())
                .extracting(CartItem::getTitle, CartItem::hasUnitPrice, CartItem::hasLineTotal)
                .containsExactly(tuple("", false, false), tuple("Lamp", true, true));
    }

    @Test
    void a_merge_sets_the_quantities_of_its_products() {
        side.happened(
                put(lamp, 1),
                put(chair, 2),
                new CartMerged(
                        customer,
                        "m",
                        "f",
                        List.of(new CartLine(chair, new Quantity(5))),
                        List.of(new LeftOutLine(ProductId.mint(), 1, "product-not-found"))));

        assertThat(cart().getItemsList())
                .extracting(CartItem::getProductId, CartItem::getQuantity)
                .containsExactlyInAnyOrder(tuple(lamp.value(), 1L), tuple(chair.value(), 5L));
        assertThat(cart().getVersion()).isEqualTo(2);
    }

    private static QuoteCartResponse quote(Object... productsAndQuantities) {
        QuoteCartRequest.Builder request = QuoteCartRequest.newBuilder();
        for (int i = 0; i < productsAndQuantities.length; i += 2) {
            request.addLines(GuestCartLine.newBuilder()
                    .setProductId(productsAndQuantities[i].toString())
                    .setQuantity((Integer) productsAndQuantities[i + 1]));
        }
        return CartQueriesGrpc.newBlockingStub(TestQuerySide.get().anonymous()).quoteCart(request.build());
    }

    @Test
    void a_guest_learns_prices_and_availability_in_the_order_of_the_request() {
        side.happened(
                listed(lamp, CustomerId.mint(), "Lamp", 1_000),
                listed(chair, CustomerId.mint(), "Chair", 500),
                new ProductDelisted(chair));

        QuoteCartResponse quote = quote(lamp, 1, chair, 2, lamp, 2);

        assertThat(quote.getItemsList())
                .extracting(
                        CartItem::getTitle,
                        CartItem::getQuantity,
                        CartItem::getListed,
                        item -> item.getLineTotal().getAmount())
                .containsExactly(tuple("Lamp", 3L, true, 3_000L), tuple("Chair", 2L, false, 1_000L));
        assertThat(quote.getTotal().getAmount()).isEqualTo(4_000);
    }

    @Test
    void a_quote_with_an_unknown_product_has_no_total() {
        side.happened(listed(lamp, CustomerId.mint(), "Lamp", 1_000));

        QuoteCartResponse quote = quote(lamp, 1, chair, 2);

        assertThat(quote.hasTotal()).isFalse();
        assertThat(quote.getItems(1).hasUnitPrice()).isFalse();
        assertThat(quote.getItems(1).getListed()).isFalse();
    }

    @Test
    void a_quote_has_1_to_100_lines_of_valid_products_and_quantities() {
        Object[] many = IntStream.range(0, 101)
                .boxed()
                .flatMap(i -> Stream.<Object>of(lamp, 1))
                .toArray();
        assertThat(problemOf(() -> quote())).isEqualTo(Problem.INVALID_REQUEST);
        assertThat(problemOf(() -> quote(many))).isEqualTo(Problem.INVALID_REQUEST);
        assertThat(problemOf(() -> quote("lamp", 1))).isEqualTo(Problem.INVALID_REQUEST);
        assertThat(problemOf(() -> quote(lamp, 0))).isEqualTo(Problem.INVALID_REQUEST);
        assertThat(problemOf(() -> quote(lamp, 1_000_000, lamp, 1))).isEqualTo(Problem.INVALID_REQUEST);
    }

    @Test
    void what_is_removed_is_gone() {
        side.happened(put(lamp, 1), put(chair, 2), new CartItemRemoved(customer, lamp));

        assertThat(products()).containsExactly(chair.value());
    }

    @Test
    void a_cleared_cart_is_empty() {
        side.happened(put(lamp, 1), new CartCleared(customer));

        assertThat(products()).isEmpty();
    }

    @Test
    void a_completed_checkout_leaves_what_was_put_since() {
        side.happened(
                put(lamp, 1),
                checkedOut(),
                put(chair, 2),
                new CheckoutCompleted(customer, order, List.of(new CartLine(chair, new Quantity(2)))));

        assertThat(products()).containsExactly(chair.value());
    }

    @Test
    void waiting_for_a_checkout_ends_when_it_completes() throws Exception {
        side.happened(put(lamp, 1), checkedOut());

        CompletableFuture<Boolean> ended = CompletableFuture.supplyAsync(() -> ended(0, 10_000));
        side.write(new CheckoutCompleted(customer, order, List.of()));

        assertThat(ended.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void waiting_for_a_checkout_ends_when_the_cart_is_reopened() {
        side.happened(put(lamp, 1), checkedOut(), new CartReopened(customer, order));

        assertThat(ended(0, 20)).isTrue();
    }

    @Test
    void a_checkout_that_is_open_or_not_even_seen_has_not_ended() {
        assertThat(ended(0, 20)).isFalse();
        side.happened(put(lamp, 1));
        assertThat(ended(0, 20)).isFalse();
        side.happened(checkedOut());
        assertThat(ended(0, 20)).isFalse();
    }

    @Test
    void anothers_cart_is_for_admins_only() {
        side.happened(put(lamp, 1));
        GetCartRequest named =
                GetCartRequest.newBuilder().setCustomerId(customer.value()).build();

        assertThat(problemOf(() -> get(side.as(CustomerId.mint()), named))).isEqualTo(Problem.FORBIDDEN);
        assertThat(problemOf(() -> get(side.anonymous(), named))).isEqualTo(Problem.UNAUTHENTICATED);
        assertThat(get(side.asAdmin(), named).getItemsList()).hasSize(1);
        assertThat(problemOf(() -> get(
                        side.asAdmin(),
                        GetCartRequest.newBuilder().setCustomerId("no-id").build())))
                .isEqualTo(Problem.CUSTOMER_NOT_FOUND);
    }

    private CartItemPut put(ProductId product, long quantity) {
        return new CartItemPut(customer, product, new Quantity(quantity));
    }

    private CartCheckedOut checkedOut() {
        return new CartCheckedOut(customer, order, List.of(new CartLine(lamp, new Quantity(1))));
    }

    private Cart cart() {
        return get(side.as(customer), GetCartRequest.getDefaultInstance());
    }

    private List<String> products() {
        return cart().getItemsList().stream().map(CartItem::getProductId).toList();
    }

    private boolean ended(long cartVersion, long waitMillis) {
        return CartQueriesGrpc.newBlockingStub(side.as(customer))
                .awaitCheckout(AwaitCheckoutRequest.newBuilder()
                        .setOrderId(order.value())
                        .setCartVersion(cartVersion)
                        .setWaitMillis(waitMillis)
                        .build())
                .getEnded();
    }

    private static Cart get(Channel channel, GetCartRequest request) {
        return CartQueriesGrpc.newBlockingStub(channel).getCart(request).getCart();
    }
}
