package dev.kontor.query.cart;

import dev.kontor.api.cart.CartQuery.AwaitCheckout;
import dev.kontor.api.cart.CartQuery.Ended;
import dev.kontor.api.cart.CartQuery.FindCart;
import dev.kontor.api.cart.CartQuery.Shown;
import dev.kontor.api.cart.CartView;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.grpc.identity.Caller;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.cart.AwaitCheckoutRequest;
import dev.kontor.proto.cart.AwaitCheckoutResponse;
import dev.kontor.proto.cart.Cart;
import dev.kontor.proto.cart.CartItem;
import dev.kontor.proto.cart.CartQueriesGrpc.CartQueriesImplBase;
import dev.kontor.proto.cart.GetCartRequest;
import dev.kontor.proto.cart.GetCartResponse;
import dev.kontor.query.Protos;
import dev.kontor.query.platform.QueryDispatcher;
import io.grpc.stub.StreamObserver;
import org.springframework.grpc.server.service.GrpcService;

@GrpcService
class CartQueryService extends CartQueriesImplBase {

    private final QueryDispatcher ask;

    CartQueryService(QueryDispatcher ask) {
        this.ask = ask;
    }

    @Override
    public void getCart(GetCartRequest request, StreamObserver<GetCartResponse> answer) {
        Shown shown = ask.ask(
                new FindCart(
                        owner(request.getCustomerId()),
                        QueryDispatcher.waitOf(request.hasFreshness(), request.getFreshness())),
                Shown.class);
        answer.onNext(GetCartResponse.newBuilder()
                .setCart(proto(shown.cart()))
                .setFresh(shown.fresh())
                .build());
        answer.onCompleted();
    }

    @Override
    public void awaitCheckout(AwaitCheckoutRequest request, StreamObserver<AwaitCheckoutResponse> answer) {
        CustomerId owner = owner(request.getCustomerId());
        Ended ended = ask.ask(
                new AwaitCheckout(
                        owner,
                        orderId(request.getOrderId()),
                        request.getCartVersion(),
                        QueryDispatcher.millis("waitMillis", request.getWaitMillis())),
                Ended.class);
        answer.onNext(AwaitCheckoutResponse.newBuilder().setEnded(ended.ended()).build());
        answer.onCompleted();
    }

    private static CustomerId owner(String named) {
        try {
            return new CustomerId(Caller.required().orNamed(named));
        } catch (IllegalArgumentException invalidId) {
            throw new RefusedException(Problem.CUSTOMER_NOT_FOUND, Problem.CUSTOMER_NOT_FOUND.title());
        }
    }

    private static OrderId orderId(String text) {
        try {
            return new OrderId(text);
        } catch (IllegalArgumentException nothingHasThisId) {
            throw new RefusedException(Problem.ORDER_NOT_FOUND, Problem.ORDER_NOT_FOUND.title());
        }
    }

    private static Cart proto(CartView cart) {
        Cart.Builder proto =
                Cart.newBuilder().setCustomerId(cart.customerId().value()).setVersion(cart.version());
        if (cart.total() != null) {
            proto.setTotal(Protos.money(cart.total()));
        }
        cart.lines().forEach(line -> proto.addItems(proto(line)));
        return proto.build();
    }

    private static CartItem proto(CartView.Line line) {
        CartItem.Builder proto = CartItem.newBuilder()
                .setProductId(line.productId().value())
                .setTitle(line.title())
                .setQuantity(line.quantity())
                .setListed(line.listed())
                .setAvailable(line.available());
        if (line.unitPrice() != null) {
            proto.setUnitPrice(Protos.money(line.unitPrice())).setLineTotal(Protos.money(line.total()));
        }
        return proto.build();
    }
}
