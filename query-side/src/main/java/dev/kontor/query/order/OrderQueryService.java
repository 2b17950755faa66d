package dev.kontor.query.order;

import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.order.OrderStatus;
import dev.kontor.grpc.identity.Caller;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.Freshness;
import dev.kontor.proto.order.GetOrderRequest;
import dev.kontor.proto.order.GetOrderResponse;
import dev.kontor.proto.order.ListOrdersRequest;
import dev.kontor.proto.order.ListOrdersResponse;
import dev.kontor.proto.order.OrderQueriesGrpc.OrderQueriesImplBase;
import dev.kontor.proto.order.WatchOrderRequest;
import dev.kontor.proto.order.WatchOrderResponse;
import dev.kontor.query.Paging;
import dev.kontor.query.order.OrderQuery.FindOrder;
import dev.kontor.query.order.OrderQuery.ListOrders;
import dev.kontor.query.order.OrderQuery.Page;
import dev.kontor.query.order.OrderQuery.Scope;
import dev.kontor.query.order.OrderQuery.Shown;
import dev.kontor.query.platform.Wait;
import dev.kontor.query.platform.Waits;
import dev.kontor.query.platform.Watched;
import dev.kontor.query.platform.Watched.State;
import dev.kontor.query.platform.Watches;
import io.grpc.stub.StreamObserver;
import java.util.OptionalLong;
import org.springframework.grpc.server.service.GrpcService;

@GrpcService
class OrderQueryService extends OrderQueriesImplBase {

    private final OrderReader reader;
    private final Watches watches;

    OrderQueryService(OrderReader reader, Watches watches) {
        this.reader = reader;
        this.watches = watches;
    }

    @Override
    public void getOrder(GetOrderRequest request, StreamObserver<GetOrderResponse> answer) {
        Shown shown = reader.handle(
                new FindOrder(id(request.getOrderId()), viewer(), until(request), request.getUntilSettled()));
        GetOrderResponse.Builder response = GetOrderResponse.newBuilder().setFresh(shown.fresh());
        if (shown.order() != null) {
            response.setOrder(OrderProtos.order(shown.order()));
        } else if (shown.fresh()) {
            throw notFound();
        }
        answer.onNext(response.build());
        answer.onCompleted();
    }

    /** Null for an admin, who may see all orders. */
    private static CustomerId viewer() {
        Caller caller = Caller.required();
        return caller.isAdmin() ? null : new CustomerId(caller.customerId());
    }

    @Override
    public void watchOrder(WatchOrderRequest request, StreamObserver<WatchOrderResponse> answer) {
        OrderId id = id(request.getOrderId());
        CustomerId viewer = viewer();
        watches.open(
                new Watched<>(
                        OrderDocument.ORDERS,
                        id.value(),
                        id.toString(),
                        () -> reader.find(id, viewer).map(OrderQueryService::state),
                        WatchOrderResponse.getDefaultInstance(),
                        notFound()),
                request.hasKnownVersion() ? OptionalLong.of(request.getKnownVersion()) : OptionalLong.empty(),
                answer);
    }

    private static State<WatchOrderResponse> state(OrderDocument order) {
        return new State<>(
                order.version(),
                order.hasEnded(),
                () -> WatchOrderResponse.newBuilder()
                        .setOrder(OrderProtos.order(order))
                        .build());
    }

    /** A request that waits for an order to be settled, without another wait, also waits for it to exist. */
    private static Wait until(GetOrderRequest request) {
        return request.getUntilSettled() && !request.hasFreshness()
                ? Waits.asked(true, Freshness.getDefaultInstance())
                : Waits.asked(request.hasFreshness(), request.getFreshness());
    }

    @Override
    public void listOrders(ListOrdersRequest request, StreamObserver<ListOrdersResponse> answer) {
        Caller caller = Caller.required();
        Scope scope = scope(request, caller);
        CustomerId owner = switch (scope) {
            case OWN -> owner(caller.orNamed(request.getCustomerId()));
            case SALES -> new CustomerId(caller.asCustomer());
            case ALL -> null;
        };
        OrderStatus status = OrderProtos.status(request.getStatus());
        Paging paging = new Paging("orders", scope, owner == null ? "" : owner, status == null ? "" : status);
        Page page = reader.handle(
                new ListOrders(scope, owner, status, Paging.size(request.getPage()), paging.after(request.getPage())));
        ListOrdersResponse.Builder response =
                ListOrdersResponse.newBuilder().setNextPageToken(paging.token(page.next()));
        page.orders().forEach(order -> response.addOrders(OrderProtos.order(order)));
        answer.onNext(response.build());
        answer.onCompleted();
    }

    private static Scope scope(ListOrdersRequest request, Caller caller) {
        Scope scope = switch (request.getScope()) {
            case OWN -> Scope.OWN;
            case SALES -> Scope.SALES;
            case ALL -> Scope.ALL;
            case UNRECOGNIZED -> throw RefusedException.invalid("scope", "is not known");
        };
        if (scope == Scope.ALL && !caller.isAdmin()) {
            throw new RefusedException(Problem.FORBIDDEN, "Only admins may see all orders");
        }
        return scope;
    }

    private static CustomerId owner(String text) {
        try {
            return new CustomerId(text);
        } catch (IllegalArgumentException invalidId) {
            throw new RefusedException(Problem.CUSTOMER_NOT_FOUND, Problem.CUSTOMER_NOT_FOUND.title());
        }
    }

    private static OrderId id(String text) {
        try {
            return new OrderId(text);
        } catch (IllegalArgumentException nothingHasThisId) {
            throw notFound();
        }
    }

    private static RefusedException notFound() {
        return new RefusedException(Problem.ORDER_NOT_FOUND, Problem.ORDER_NOT_FOUND.title());
    }
}
