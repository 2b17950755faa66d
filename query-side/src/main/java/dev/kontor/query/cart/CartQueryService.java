package dev.kontor.query.cart;

import dev.kontor.api.cart.CartCommand;
import dev.kontor.api.cart.CartId;
import dev.kontor.api.catalog.Quantity;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.grpc.identity.Caller;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.grpc.platform.Violations;
import dev.kontor.proto.cart.AwaitCheckoutRequest;
import dev.kontor.proto.cart.AwaitCheckoutResponse;
import dev.kontor.proto.cart.CartQueriesGrpc.CartQueriesImplBase;
import dev.kontor.proto.cart.GetCartRequest;
import dev.kontor.proto.cart.GetCartResponse;
import dev.kontor.proto.cart.GuestCartLine;
import dev.kontor.proto.cart.QuoteCartRequest;
import dev.kontor.proto.cart.QuoteCartResponse;
import dev.kontor.proto.cart.WatchCartRequest;
import dev.kontor.proto.cart.WatchCartResponse;
import dev.kontor.query.cart.CartQuery.AwaitCheckout;
import dev.kontor.query.cart.CartQuery.Ended;
import dev.kontor.query.cart.CartQuery.FindCart;
import dev.kontor.query.cart.CartQuery.Quote;
import dev.kontor.query.cart.CartQuery.QuoteLines;
import dev.kontor.query.cart.CartQuery.Shown;
import dev.kontor.query.platform.Waits;
import dev.kontor.query.platform.Watched;
import dev.kontor.query.platform.Watched.State;
import dev.kontor.query.platform.Watches;
import io.grpc.stub.StreamObserver;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.springframework.grpc.server.service.GrpcService;

@GrpcService
class CartQueryService extends CartQueriesImplBase {

    private final CartReader reader;
    private final Watches watches;

    CartQueryService(CartReader reader, Watches watches) {
        this.reader = reader;
        this.watches = watches;
    }

    @Override
    public void getCart(GetCartRequest request, StreamObserver<GetCartResponse> answer) {
        Shown shown = reader.handle(new FindCart(
                owner(request.getCustomerId()), Waits.asked(request.hasFreshness(), request.getFreshness())));
        answer.onNext(GetCartResponse.newBuilder()
                .setCart(shown.cart())
                .setFresh(shown.fresh())
                .build());
        answer.onCompleted();
    }

    @Override
    public void quoteCart(QuoteCartRequest request, StreamObserver<QuoteCartResponse> answer) {
        Quote quote = reader.handle(new QuoteLines(units(request.getLinesList())));
        QuoteCartResponse.Builder response = QuoteCartResponse.newBuilder().addAllItems(quote.items());
        if (quote.total() != null) {
            response.setTotal(quote.total());
        }
        answer.onNext(response.build());
        answer.onCompleted();
    }

    /** One entry for each product: quantities of the same product are summed before any check. */
    private static SequencedMap<String, Long> units(List<GuestCartLine> lines) {
        Violations violations = new Violations();
        if (lines.isEmpty() || lines.size() > CartCommand.MOST_LINES) {
            violations.add("lines", "must have 1 to %d lines".formatted(CartCommand.MOST_LINES));
            violations.refuseIfAny();
        }
        SequencedMap<String, Long> units = new LinkedHashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            GuestCartLine line = lines.get(i);
            String at = "lines[" + i + "]";
            ProductId product = violations.at(at + ".productId", () -> new ProductId(line.getProductId()));
            Quantity quantity = violations.at(at + ".quantity", () -> new Quantity(line.getQuantity()));
            if (product != null && quantity != null) {
                long sum = units.merge(product.value(), quantity.value(), Long::sum);
                violations.at(at + ".quantity", () -> new Quantity(sum));
            }
        }
        violations.refuseIfAny();
        return units;
    }

    @Override
    public void awaitCheckout(AwaitCheckoutRequest request, StreamObserver<AwaitCheckoutResponse> answer) {
        CustomerId owner = owner(request.getCustomerId());
        Ended ended = reader.handle(new AwaitCheckout(
                owner,
                orderId(request.getOrderId()),
                request.getCartVersion(),
                Waits.millis("waitMillis", request.getWaitMillis())));
        answer.onNext(AwaitCheckoutResponse.newBuilder().setEnded(ended.ended()).build());
        answer.onCompleted();
    }

    @Override
    public void watchCart(WatchCartRequest request, StreamObserver<WatchCartResponse> answer) {
        CustomerId owner = owner(request.getCustomerId());
        watches.open(
                new Watched<>(
                        CartDocument.CARTS,
                        owner.value(),
                        new CartId(owner).toString(),
                        () -> Optional.of(state(owner)),
                        WatchCartResponse.getDefaultInstance(),
                        new RefusedException(Problem.NOT_FOUND, Problem.NOT_FOUND.title())),
                request.hasKnownVersion() ? OptionalLong.of(request.getKnownVersion()) : OptionalLong.empty(),
                answer);
    }

    private State<WatchCartResponse> state(CustomerId owner) {
        CartDocument cart = reader.find(owner);
        return new State<>(
                cart.version(),
                false,
                () -> WatchCartResponse.newBuilder()
                        .setCart(reader.view(owner, cart))
                        .build());
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
}
