package dev.kontor.command.cart;

import dev.kontor.api.Precondition;
import dev.kontor.api.Refusal;
import dev.kontor.api.cart.CartCommand;
import dev.kontor.api.cart.CartCommand.CheckOutCart;
import dev.kontor.api.cart.CartCommand.ClearCart;
import dev.kontor.api.cart.CartCommand.PutCartItem;
import dev.kontor.api.cart.CartCommand.RemoveCartItem;
import dev.kontor.api.cart.Checkout;
import dev.kontor.api.cart.Merged;
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
import dev.kontor.command.platform.RefusalTranslation;
import dev.kontor.command.platform.Requests;
import dev.kontor.command.request.Effects;
import dev.kontor.command.request.Effects.Effect;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.grpc.platform.Violations;
import dev.kontor.proto.Written;
import dev.kontor.proto.cart.CartCommandsGrpc.CartCommandsImplBase;
import dev.kontor.proto.cart.CheckOutCartRequest;
import dev.kontor.proto.cart.CheckOutCartResponse;
import dev.kontor.proto.cart.ClearCartRequest;
import dev.kontor.proto.cart.GuestCartLine;
import dev.kontor.proto.cart.LeftOutLine;
import dev.kontor.proto.cart.MergeCartRequest;
import dev.kontor.proto.cart.MergeCartResponse;
import dev.kontor.proto.cart.PutCartItemRequest;
import dev.kontor.proto.cart.RemoveCartItemRequest;
import io.grpc.stub.StreamObserver;
import java.util.Map;
import org.springframework.grpc.server.service.GrpcService;

@GrpcService
class CartCommandService extends CartCommandsImplBase {

    /** The version of a cart that never held an item. */
    private static final long NO_CART_YET = -1;

    private final Commands commands;
    private final Effects effects;
    private final ProductQuotes quotes;
    private final ShopCurrency currency;
    private final OrderBounds bounds;
    private final DecisionDelay delay;

    CartCommandService(
            Commands commands,
            Effects effects,
            ProductQuotes quotes,
            ShopCurrency currency,
            OrderBounds bounds,
            DecisionDelay delay) {
        this.commands = commands;
        this.effects = effects;
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
        Precondition precondition = Requests.precondition(request.hasPrecondition(), request.getPrecondition());
        ProductQuote quote = Requests.orNotFound(Problem.PRODUCT_NOT_FOUND, () -> quotes.of(productId));
        if (!quote.listed()) {
            throw new RefusedException(Problem.PRODUCT_DELISTED, Problem.PRODUCT_DELISTED.title());
        }
        currency.requireOurs(quote.unitPrice());
        long version = commands.<Long>send(new PutCartItem(customerId, productId, quantity, precondition));
        Requests.answer(answer, customerId, version);
    }

    @Override
    public void removeCartItem(RemoveCartItemRequest request, StreamObserver<Written> answer) {
        CustomerId customerId = ownerOf(request.getCustomerId());
        ProductId productId = Requests.idOf(request.getProductId(), ProductId::new, Problem.PRODUCT_NOT_FOUND);
        Precondition precondition = Requests.precondition(request.hasPrecondition(), request.getPrecondition());
        Requests.answer(
                answer,
                customerId,
                sendUnlessEmpty(new RemoveCartItem(customerId, productId, precondition), precondition));
    }

    @Override
    public void clearCart(ClearCartRequest request, StreamObserver<Written> answer) {
        CustomerId customerId = ownerOf(request.getCustomerId());
        Precondition precondition = Requests.precondition(request.hasPrecondition(), request.getPrecondition());
        Requests.answer(answer, customerId, sendUnlessEmpty(new ClearCart(customerId, precondition), precondition));
    }

    @Override
    public void mergeCart(MergeCartRequest request, StreamObserver<MergeCartResponse> answer) {
        CustomerId customerId = ownerOf(request.getCustomerId());
        GuestCart guests = GuestCart.of(request, customerId);
        Merged merged = effects.once(
                        Merged.class,
                        sender -> new Effect<>(
                                customerId.value(),
                                sender.sendRepeatable(customerId, guests.command(customerId, quotes, currency))))
                .result();
        Map<ProductId, Long> added = guests.units();
        MergeCartResponse.Builder response = MergeCartResponse.newBuilder()
                .setCustomerId(customerId.value())
                .setVersion(merged.merge().version())
                .setRepeated(merged.repeated());
        merged.merge().leftOut().forEach(line -> {
            response.addLeftOut(LeftOutLine.newBuilder()
                    .setProductId(line.productId().value())
                    .setQuantity(line.units())
                    .setCode(line.code()));
            added.computeIfPresent(
                    line.productId(), (product, units) -> units > line.units() ? units - line.units() : null);
        });
        added.forEach((product, units) -> response.addAdded(
                GuestCartLine.newBuilder().setProductId(product.value()).setQuantity(units)));
        answer.onNext(response.build());
        answer.onCompleted();
    }

    @Override
    public void checkOutCart(CheckOutCartRequest request, StreamObserver<CheckOutCartResponse> answer) {
        CustomerId customerId = ownerOf(request.getCustomerId());
        Precondition precondition = Requests.precondition(request.hasPrecondition(), request.getPrecondition());
        Checkout checkout = Requests.orNotFound(
                Problem.CART_EMPTY,
                () -> effects.once(Checkout.class, sender -> {
                            delay.requireShort();
                            CheckOutCart command =
                                    new CheckOutCart(customerId, bounds.unitsLeft(customerId), precondition);
                            return new Effect<>(customerId.value(), sender.<Checkout>send(customerId, command));
                        })
                        .result());
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

    private long sendUnlessEmpty(CartCommand command, Precondition precondition) {
        try {
            return commands.<Long>send(command);
        } catch (RefusedException refused) {
            if (refused.problem() != Problem.NOT_FOUND) {
                throw refused;
            }
            if (precondition != null && !precondition.isMetBy(NO_CART_YET)) {
                throw RefusalTranslation.refused(new Refusal.PreconditionFailed(NO_CART_YET));
            }
            return NO_CART_YET;
        }
    }
}
