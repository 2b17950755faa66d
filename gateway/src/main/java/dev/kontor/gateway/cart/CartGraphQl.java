package dev.kontor.gateway.cart;

import dev.kontor.gateway.cart.CartJson.ItemJson;
import dev.kontor.gateway.catalog.ProductJson;
import dev.kontor.gateway.identity.AdminCheck;
import dev.kontor.gateway.order.OrderAdmission;
import dev.kontor.gateway.order.OrderPayload;
import dev.kontor.gateway.platform.GraphQlCall;
import dev.kontor.gateway.platform.IfMatch;
import dev.kontor.gateway.platform.PreparedJson;
import java.util.concurrent.CompletableFuture;
import org.dataloader.DataLoader;
import org.springframework.context.annotation.Lazy;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

/** Carts in GraphQL. */
@Lazy
@Controller
class CartGraphQl {

    private final Carts carts;
    private final OrderAdmission admission;
    private final AdminCheck admins;

    CartGraphQl(Carts carts, OrderAdmission admission, AdminCheck admins) {
        this.carts = carts;
        this.admission = admission;
        this.admins = admins;
    }

    @QueryMapping
    CartJson cart(@Argument String customerId) {
        return carts.read(owner(customerId));
    }

    @SchemaMapping(typeName = "Cart")
    String etag(CartJson cart) {
        return PreparedJson.of(cart).entityTag();
    }

    @SchemaMapping(typeName = "CartItem")
    CompletableFuture<ProductJson> product(ItemJson item, DataLoader<String, ProductJson> products) {
        return products.load(item.productId());
    }

    @MutationMapping
    CartPayload putCartItem(
            @Argument String productId,
            @Argument Long quantity,
            @Argument String customerId,
            @Argument String ifMatch,
            @ContextValue GraphQlCall call) {
        return CartPayload.of(carts.put(
                owner(customerId),
                productId,
                new QuantityJson(quantity),
                IfMatch.ofArgument(ifMatch),
                call.preference()));
    }

    @MutationMapping
    CartPayload removeCartItem(
            @Argument String productId,
            @Argument String customerId,
            @Argument String ifMatch,
            @ContextValue GraphQlCall call) {
        return CartPayload.of(
                carts.remove(owner(customerId), productId, IfMatch.ofArgument(ifMatch), call.preference()));
    }

    @MutationMapping
    CartPayload clearCart(@Argument String customerId, @Argument String ifMatch, @ContextValue GraphQlCall call) {
        return CartPayload.of(carts.emptied(owner(customerId), IfMatch.ofArgument(ifMatch), call.preference()));
    }

    @MutationMapping
    OrderPayload checkOutCart(@Argument String ifMatch, @ContextValue GraphQlCall call) {
        IfMatch condition = IfMatch.ofArgument(ifMatch);
        return OrderPayload.of(admission.admit(() -> carts.checkOut(CartOwner.OWN, condition, call.preference())));
    }

    private CartOwner owner(String customerId) {
        if (customerId == null || customerId.isEmpty()) {
            return CartOwner.OWN;
        }
        admins.pass();
        return CartOwner.customers(customerId);
    }
}
