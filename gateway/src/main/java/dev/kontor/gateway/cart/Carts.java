package dev.kontor.gateway.cart;

import dev.kontor.gateway.cart.CartJson.ItemJson;
import dev.kontor.gateway.catalog.ProductLookup;
import dev.kontor.gateway.order.OrderOutcome;
import dev.kontor.gateway.platform.Accepted;
import dev.kontor.gateway.platform.CommandSideChannel;
import dev.kontor.gateway.platform.Expand;
import dev.kontor.gateway.platform.IfMatch;
import dev.kontor.gateway.platform.PreferHeader;
import dev.kontor.gateway.platform.QuerySideChannel;
import dev.kontor.gateway.platform.WrittenVersion;
import dev.kontor.proto.Freshness;
import dev.kontor.proto.Written;
import dev.kontor.proto.cart.AwaitCheckoutRequest;
import dev.kontor.proto.cart.CartCommandsGrpc;
import dev.kontor.proto.cart.CartCommandsGrpc.CartCommandsBlockingStub;
import dev.kontor.proto.cart.CartQueriesGrpc;
import dev.kontor.proto.cart.CartQueriesGrpc.CartQueriesBlockingStub;
import dev.kontor.proto.cart.CheckOutCartRequest;
import dev.kontor.proto.cart.CheckOutCartResponse;
import dev.kontor.proto.cart.ClearCartRequest;
import dev.kontor.proto.cart.GetCartRequest;
import dev.kontor.proto.cart.GetCartResponse;
import dev.kontor.proto.cart.PutCartItemRequest;
import dev.kontor.proto.cart.RemoveCartItemRequest;
import io.grpc.Channel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** The operations on a cart, for its owner and for admins. */
@Component
class Carts {

    private final CartCommandsBlockingStub commands;
    private final CartQueriesBlockingStub queries;
    private final OrderOutcome outcome;
    private final ProductLookup products;

    Carts(
            @CommandSideChannel Channel commandSide,
            @QuerySideChannel Channel querySide,
            OrderOutcome outcome,
            ProductLookup products) {
        this.products = products;
        this.commands = CartCommandsGrpc.newBlockingStub(commandSide);
        this.queries = CartQueriesGrpc.newBlockingStub(querySide);
        this.outcome = outcome;
    }

    /** With at most one call for the products. */
    CartJson read(CartOwner whose, Expand expand) {
        CartJson cart = read(whose);
        return expand.has(Expand.PRODUCTS)
                ? cart.with(products.of(
                        cart.items().stream().map(ItemJson::productId).toList()))
                : cart;
    }

    CartJson read(CartOwner whose) {
        return CartJson.of(queries.getCart(GetCartRequest.newBuilder()
                        .setCustomerId(whose.customerId())
                        .build())
                .getCart());
    }

    ResponseEntity<Object> put(
            CartOwner whose, String productId, QuantityJson quantity, IfMatch condition, PreferHeader preference) {
        PutCartItemRequest.Builder request = PutCartItemRequest.newBuilder()
                .setCustomerId(whose.customerId())
                .setProductId(productId)
                .setQuantity(quantity.units());
        condition.require(CartJson.WHOLE, request::setPrecondition);
        Written written = condition.send(() -> commands.putCartItem(request.build()), now -> present(whose, now));
        return shown(whose, written, preference, ResponseEntity::ok);
    }

    ResponseEntity<Object> remove(CartOwner whose, String productId, IfMatch condition, PreferHeader preference) {
        RemoveCartItemRequest.Builder request = RemoveCartItemRequest.newBuilder()
                .setCustomerId(whose.customerId())
                .setProductId(productId);
        condition.require(CartJson.WHOLE, request::setPrecondition);
        Written written = condition.send(() -> commands.removeCartItem(request.build()), now -> present(whose, now));
        return shown(whose, written, preference, ResponseEntity::ok);
    }

    ResponseEntity<Object> clear(CartOwner whose, IfMatch condition, PreferHeader preference) {
        return shown(
                whose,
                cleared(whose, condition),
                preference,
                cart -> ResponseEntity.noContent().build());
    }

    /** As {@link #clear}, and answers the empty cart. */
    ResponseEntity<Object> emptied(CartOwner whose, IfMatch condition, PreferHeader preference) {
        return shown(whose, cleared(whose, condition), preference, ResponseEntity::ok);
    }

    private Written cleared(CartOwner whose, IfMatch condition) {
        ClearCartRequest.Builder request = ClearCartRequest.newBuilder().setCustomerId(whose.customerId());
        condition.require(CartJson.WHOLE, request::setPrecondition);
        return condition.send(() -> commands.clearCart(request.build()), now -> present(whose, now));
    }

    /** The next read of the order and of the cart shows the outcome. */
    ResponseEntity<Object> checkOut(CartOwner whose, IfMatch condition, PreferHeader preference) {
        CheckOutCartRequest.Builder request = CheckOutCartRequest.newBuilder().setCustomerId(whose.customerId());
        condition.require(CartJson.WHOLE, request::setPrecondition);
        CheckOutCartResponse begun =
                condition.send(() -> commands.checkOutCart(request.build()), now -> present(whose, now));
        return outcome.ofCheckout(begun.getOrderId(), preference, remaining -> ended(begun, remaining));
    }

    private boolean ended(CheckOutCartResponse begun, Duration remaining) {
        AwaitCheckoutRequest end = AwaitCheckoutRequest.newBuilder()
                .setCustomerId(begun.getCustomerId())
                .setOrderId(begun.getOrderId())
                .setCartVersion(begun.getCartVersion())
                .setWaitMillis(remaining.toMillis())
                .build();
        long deadline = remaining.plus(OrderOutcome.GRACE).toMillis();
        return queries.withDeadlineAfter(deadline, TimeUnit.MILLISECONDS)
                .awaitCheckout(end)
                .getEnded();
    }

    Optional<CartJson> present(CartOwner whose, Freshness now) {
        GetCartResponse read = queries.getCart(GetCartRequest.newBuilder()
                .setCustomerId(whose.customerId())
                .setFreshness(now)
                .build());
        return read.getFresh() ? Optional.of(CartJson.of(read.getCart())) : Optional.empty();
    }

    private ResponseEntity<Object> shown(
            CartOwner whose,
            Written written,
            PreferHeader preference,
            Function<CartJson, ResponseEntity<Object>> answer) {
        GetCartRequest justWritten = GetCartRequest.newBuilder()
                .setCustomerId(whose.customerId())
                .setFreshness(WrittenVersion.of(written))
                .build();
        return WrittenVersion.await(preference, () -> queries.getCart(justWritten), GetCartResponse::getFresh)
                .map(read -> answer.apply(CartJson.of(read.getCart())))
                .orElseGet(() -> Accepted.at(whose.location(), written));
    }
}
