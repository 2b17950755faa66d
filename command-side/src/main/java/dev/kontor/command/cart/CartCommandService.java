package dev.kontor.command.cart;

import dev.kontor.api.cart.CartCommand;
import dev.kontor.api.cart.CartCommand.CheckOutCart;
import dev.kontor.api.cart.CartCommand.ClearCart;
import dev.kontor.api.cart.CartCommand.PutCartItem;
import dev.kontor.api.cart.CartCommand.RemoveCartItem;
import dev.kontor.api.cart.Checkout;
import dev.kontor.api.catalog.ProductQuote;
import dev.kontor.api.catalog.Quantity;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.command.catalog.ProductQuotes;
import dev.kontor.command.catalog.ShopCurrency;
import dev.kontor.command.order.DecisionDelay;
import dev.kontor.command.order.OrderBounds;
import dev.kontor.command.platform.Callers;
import dev.kontor.command.platform.Commands;
import dev.kontor.command.platform.Requests;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.grpc.platform.Violations;
import dev.kontor.proto.Written;
import dev.kontor.proto.cart.CartCommandsGrpc.CartCommandsImplBase;
import dev.kontor.proto.cart.CheckOutCartRequest;
import dev.kontor.proto.cart.CheckOutCartResponse;
import dev.kontor.proto.cart.ClearCartRequest;
import dev.kontor.proto.cart.PutCartItemRequest;
import dev.kontor.proto.cart.RemoveCartItemRequest;
import io.grpc.stub.StreamObserver;
import org.springframework.grpc.server.service.GrpcService;

@GrpcService
class CartCommandService extends CartCommandsImplBase {

    /** The version of a cart that never held an item. */
    private static final long NO_CART_YET = -1;

    private final Commands commands;
    private final ProductQuotes quotes;
    private final ShopCurrency currency;
    private final OrderBounds bounds;
    private final DecisionDelay delay;

    CartCommandService(
            Commands commands, ProductQuotes quotes, ShopCurrency currency, OrderBounds bounds, DecisionDelay delay) {
        this.commands = commands;
        this.quotes = quotes;
        this.currency = currency;
        this.bounds = bounds;
        this.delay = delay;
    }

    @Override
    public void putCartItem(PutCartItemRequest request, StreamObserver<Written> answer) {
        CustomerId customerId = ownerOf(request.getCustomerId());
        ProductId productId = Requests.idOf(request.getProductId(), ProductId::new, Problem.PRODUCT_NOT_FOUND);
        Violations violations = new Violations();
        Quantity quantity = violations.at("quantity", () -> new Quantity(request.getQuantity()));
        violations.refuseIfAny();
        ProductQuote quote = Requests.orNotFound(Problem.PRODUCT_NOT_FOUND, () -> quotes.of(productId));
        if (!quote.listed()) {
            throw new RefusedException(Problem.PRODUCT_DELISTED, Problem.PRODUCT_DELISTED.title());
        }
        currency.requireOurs(quote.unitPrice());
        long version = commands.<Long>send(new PutCartItem(customerId, productId, quantity));
        Requests.answer(answer, customerId, version);
    }

    @Override
    public void removeCartItem(RemoveCartItemRequest request, StreamObserver<Written> answer) {
        CustomerId customerId = ownerOf(request.getCustomerId());
        ProductId productId = Requests.idOf(request.getProductId(), ProductId::new, Problem.PRODUCT_NOT_FOUND);
        Requests.answer(answer, customerId, sendUnlessEmpty(new RemoveCartItem(customerId, productId)));
    }

    @Override
    public void clearCart(ClearCartRequest request, StreamObserver<Written> answer) {
        CustomerId customerId = ownerOf(request.getCustomerId());
        Requests.answer(answer, customerId, sendUnlessEmpty(new ClearCart(customerId)));
    }

    @Override
    public void checkOutCart(CheckOutCartRequest request, StreamObserver<CheckOutCartResponse> answer) {
        CustomerId customerId = ownerOf(request.getCustomerId());
        delay.requireShort();
        Checkout checkout = Requests.orNotFound(
                Problem.CART_EMPTY, () -> commands.send(new CheckOutCart(customerId, bounds.unitsLeft(customerId))));
        answer.onNext(CheckOutCartResponse.newBuilder()
                .setOrderId(checkout.orderId().value())
                .setCustomerId(customerId.value())
                .setCartVersion(checkout.cartVersion())
                .build());
        answer.onCompleted();
    }

    private static CustomerId ownerOf(String customerId) {
        return Requests.idOf(customerId, Callers::orNamed, Problem.CUSTOMER_NOT_FOUND);
    }

    private long sendUnlessEmpty(CartCommand command) {
        try {
            return commands.<Long>send(command);
        } catch (RefusedException refused) {
            if (refused.problem() == Problem.NOT_FOUND) {
                return NO_CART_YET;
            }
            throw refused;
        }
    }
}
