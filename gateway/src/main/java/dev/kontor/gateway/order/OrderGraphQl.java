package dev.kontor.gateway.order;

import dev.kontor.gateway.catalog.ProductJson;
import dev.kontor.gateway.identity.AdminCheck;
import dev.kontor.gateway.platform.Connection;
import dev.kontor.gateway.platform.GraphQlCall;
import dev.kontor.gateway.platform.GraphQlSubscription;
import dev.kontor.gateway.platform.IfMatch;
import dev.kontor.gateway.platform.Page;
import dev.kontor.gateway.platform.PreparedJson;
import graphql.schema.DataFetchingEnvironment;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.dataloader.DataLoader;
import org.reactivestreams.Publisher;
import org.springframework.context.annotation.Lazy;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.graphql.data.method.annotation.SubscriptionMapping;
import org.springframework.stereotype.Controller;

/** Orders in GraphQL. */
@Lazy
@Controller
class OrderGraphQl {

    private final OrderOperations orders;
    private final AdminCheck admins;

    OrderGraphQl(OrderOperations orders, AdminCheck admins) {
        this.orders = orders;
        this.admins = admins;
    }

    @QueryMapping
    OrderJson order(@Argument String id) {
        return orders.read(id);
    }

    @QueryMapping
    Connection<OrderJson> orders(
            @Argument String scope,
            @Argument String status,
            @Argument String customerId,
            @Argument Integer first,
            @Argument String after) {
        return Connection.of(
                orders.list(OrderFilter.of(
                        "SALES".equals(scope) ? OrderFilter.SELLER : "",
                        status == null ? "" : status,
                        "ALL".equals(scope),
                        customerId == null ? "" : customerId,
                        Page.first(first, after))),
                after);
    }

    @SubscriptionMapping("order")
    Publisher<OrderJson> watchedOrder(
            @Argument String id, @ContextValue GraphQlSubscription subscription, DataFetchingEnvironment field) {
        return subscription.to(WatchedOrder.of(id, OptionalLong.empty()), OrderJson.class, field);
    }

    @SchemaMapping(typeName = "Order")
    String etag(OrderJson order) {
        return PreparedJson.of(order).entityTag();
    }

    @SchemaMapping(typeName = "OrderLine")
    CompletableFuture<ProductJson> product(OrderJson.LineJson line, DataLoader<String, ProductJson> products) {
        return products.load(line.productId());
    }

    @MutationMapping
    OrderPayload placeOrder(@Argument PlaceOrderInput input, @ContextValue GraphQlCall call) {
        return OrderPayload.of(orders.place(input.order(), input.idempotencyKey(), call.preference()));
    }

    @MutationMapping
    OrderPayload cancelOrder(@Argument String id, @Argument String ifMatch, @ContextValue GraphQlCall call) {
        return OrderPayload.of(orders.cancel(id, IfMatch.ofArgument(ifMatch), call.preference()));
    }

    @MutationMapping
    OrderPayload shipOrder(@Argument String id, @Argument String ifMatch, @ContextValue GraphQlCall call) {
        admins.pass();
        return OrderPayload.of(orders.ship(id, IfMatch.ofArgument(ifMatch), call.preference()));
    }

    @MutationMapping
    OrderPayload deliverOrder(@Argument String id, @Argument String ifMatch, @ContextValue GraphQlCall call) {
        admins.pass();
        return OrderPayload.of(orders.deliver(id, IfMatch.ofArgument(ifMatch), call.preference()));
    }
}
