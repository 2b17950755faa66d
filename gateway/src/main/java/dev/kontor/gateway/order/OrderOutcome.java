package dev.kontor.gateway.order;

import dev.kontor.gateway.platform.Accepted;
import dev.kontor.gateway.platform.PreferHeader;
import dev.kontor.gateway.platform.QuerySideChannel;
import dev.kontor.gateway.platform.WrittenVersion;
import dev.kontor.proto.Freshness;
import dev.kontor.proto.Written;
import dev.kontor.proto.order.GetOrderRequest;
import dev.kontor.proto.order.GetOrderResponse;
import dev.kontor.proto.order.OrderQueriesGrpc;
import dev.kontor.proto.order.OrderQueriesGrpc.OrderQueriesBlockingStub;
import dev.kontor.proto.order.OrderStatus;
import io.grpc.Channel;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Waits for the outcome of an order and answers it: 201 confirmed, 202 not settled yet, 409 rejected. */
@Component
public class OrderOutcome {

    /** A call's deadline is longer than its wait by this. */
    public static final Duration GRACE = Duration.ofSeconds(5);

    private static final Duration STANDARD_WAIT = Duration.ofSeconds(5);

    private final OrderQueriesBlockingStub orders;

    OrderOutcome(@QuerySideChannel Channel querySide) {
        this.orders = OrderQueriesGrpc.newBlockingStub(querySide);
    }

    static String location(String orderId) {
        return "/api/v1/orders/" + orderId;
    }

    ResponseEntity<Object> of(Written placed, PreferHeader preference) {
        Accepted accepted = new Accepted(placed.getId(), placed.getVersion());
        return of(accepted, preference, remaining -> true);
    }

    /**
     * The outcome of the order that a checkout places.
     *
     * @param cartShows whether the cart shows the end of the checkout; its argument is the time left to wait for that
     */
    public ResponseEntity<Object> ofCheckout(String orderId, PreferHeader preference, Predicate<Duration> cartShows) {
        return of(new Accepted(orderId, null), preference, cartShows);
    }

    private ResponseEntity<Object> of(
            Accepted accepted, PreferHeader preference, Predicate<Duration> otherViewsShowIt) {
        String location = location(accepted.id());
        if (preference.async()) {
            return Accepted.at(location, accepted);
        }
        Duration wait = preference.waitOr(STANDARD_WAIT);
        long end = System.nanoTime() + wait.toNanos();
        Optional<GetOrderResponse> read =
                WrittenVersion.tryRead(() -> settled(accepted, wait)).filter(GetOrderResponse::hasOrder);
        if (read.isEmpty()) {
            return Accepted.at(location, accepted);
        }
        OrderJson order = OrderJson.of(read.get().getOrder());
        boolean settled = read.get().getFresh() && read.get().getOrder().getStatus() != OrderStatus.PLACED;
        // At least a millisecond: zero would stand for the default wait of the query side.
        Duration remaining = Duration.ofMillis(Math.max(1, (end - System.nanoTime()) / 1_000_000));
        boolean shown = settled
                && WrittenVersion.tryRead(() -> otherViewsShowIt.test(remaining))
                        .orElse(false);
        return shown ? decided(read.get().getOrder().getStatus(), order, location) : Accepted.at(location, order);
    }

    private GetOrderResponse settled(Accepted accepted, Duration wait) {
        Freshness freshness = Freshness.newBuilder()
                .setAtLeastVersion(accepted.version() == null ? 0 : accepted.version())
                .setWaitMillis(wait.toMillis())
                .build();
        return orders.withDeadlineAfter(wait.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS)
                .getOrder(GetOrderRequest.newBuilder()
                        .setOrderId(accepted.id())
                        .setFreshness(freshness)
                        .setUntilSettled(true)
                        .build());
    }

    private static ResponseEntity<Object> decided(OrderStatus status, OrderJson order, String location) {
        return switch (status) {
            case CONFIRMED, SHIPPED, DELIVERED ->
                ResponseEntity.created(URI.create(location)).body(order);
            case REJECTED, CANCELLED -> throw new RejectedOrder(order);
            case PLACED, ORDER_STATUS_UNSPECIFIED, UNRECOGNIZED -> Accepted.at(location, order);
        };
    }
}
