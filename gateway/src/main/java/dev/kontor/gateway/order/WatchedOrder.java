package dev.kontor.gateway.order;

import dev.kontor.gateway.platform.LiveEvent;
import dev.kontor.gateway.platform.Watched;
import dev.kontor.proto.order.OrderQueriesGrpc;
import dev.kontor.proto.order.WatchOrderRequest;
import dev.kontor.proto.order.WatchOrderResponse;
import java.util.OptionalLong;

/** The stream of an order, for server-sent events over REST and in GraphQL. */
final class WatchedOrder {

    private WatchedOrder() {}

    /** @param known the version that the client knows */
    static Watched<WatchOrderRequest, WatchOrderResponse> of(String id, OptionalLong known) {
        WatchOrderRequest.Builder request = WatchOrderRequest.newBuilder().setOrderId(id);
        known.ifPresent(request::setKnownVersion);
        return new Watched<>(OrderQueriesGrpc.getWatchOrderMethod(), request.build(), WatchedOrder::event);
    }

    private static LiveEvent event(WatchOrderResponse message) {
        return message.hasOrder()
                ? new LiveEvent("order", message.getOrder().getVersion(), OrderJson.of(message.getOrder()))
                : null;
    }
}
