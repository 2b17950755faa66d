package dev.kontor.command.order;

import dev.kontor.api.Precondition;
import dev.kontor.api.cart.CartCommand;
import dev.kontor.api.cart.CartCommand.RecallCheckout;
import dev.kontor.api.cart.CartLine;
import dev.kontor.api.catalog.Money;
import dev.kontor.api.catalog.Quantity;
import dev.kontor.api.customer.Actor;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.api.order.OrderCommand;
import dev.kontor.api.order.OrderCommand.CancelOrder;
import dev.kontor.api.order.OrderCommand.DeliverOrder;
import dev.kontor.api.order.OrderCommand.RecallOrder;
import dev.kontor.api.order.OrderCommand.ShipOrder;
import dev.kontor.api.order.OrderOrigin;
import dev.kontor.command.platform.Callers;
import dev.kontor.command.platform.Commands;
import dev.kontor.command.platform.Requests;
import dev.kontor.command.request.Effects;
import dev.kontor.command.request.Effects.Effect;
import dev.kontor.command.request.Effects.Sender;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.grpc.platform.Violations;
import dev.kontor.proto.Written;
import dev.kontor.proto.order.CancelOrderRequest;
import dev.kontor.proto.order.DeliverOrderRequest;
import dev.kontor.proto.order.OrderCommandsGrpc.OrderCommandsImplBase;
import dev.kontor.proto.order.PlaceOrderLine;
import dev.kontor.proto.order.PlaceOrderRequest;
import dev.kontor.proto.order.ShipOrderRequest;
import dev.kontor.text.Text;
import io.grpc.stub.StreamObserver;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import org.springframework.grpc.server.service.GrpcService;

@GrpcService
class OrderCommandService extends OrderCommandsImplBase {

    private final Commands commands;
    private final Effects effects;
    private final OrderPlacement placement;
    private final DecisionDelay delay;

    OrderCommandService(Commands commands, Effects effects, OrderPlacement placement, DecisionDelay delay) {
        this.commands = commands;
        this.effects = effects;
        this.placement = placement;
        this.delay = delay;
    }

    @Override
    public void placeOrder(PlaceOrderRequest request, StreamObserver<Written> answer) {
        CustomerId customerId = Callers.actor().id();
        Violations violations = new Violations();
        List<CartLine> lines = lines(request, violations);
        Money expectedTotal = request.hasExpectedTotal()
                ? violations.at(
                        "expectedTotal",
                        () -> new Money(
                                request.getExpectedTotal().getAmount(),
                                request.getExpectedTotal().getCurrency()))
                : null;
        boolean keyed = !request.getIdempotencyKey().isEmpty();
        OrderId orderId = keyed
                ? violations.at(
                        "Idempotency-Key",
                        () -> OrderId.ofKey(customerId, Text.check(request.getIdempotencyKey(), 1, 200)))
                : violations.at("orderId", () -> minted(request.getOrderId()));
        violations.refuseIfAny();

        String fingerprint = OrderPlacement.fingerprint(lines, expectedTotal);
        Effect<Long> placed = effects.once(Long.class, sender -> {
            OptionalLong earlier = keyed ? recall(orderId, customerId, fingerprint) : OptionalLong.empty();
            return new Effect<>(
                    orderId.value(),
                    earlier.isPresent()
                            ? earlier.getAsLong()
                            : placeOrRecall(sender, orderId, customerId, lines, expectedTotal, fingerprint));
        });
        Requests.answer(answer, placed.subject(), placed.result());
    }

    /**
     * Answers a repeat of a request whose answer was lost like the first one, also if a product was delisted since, or
     * a new order would exceed the customer's limit.
     */
    private long placeOrRecall(
            Sender sender,
            OrderId orderId,
            CustomerId customerId,
            List<CartLine> lines,
            Money expectedTotal,
            String fingerprint) {
        try {
            return place(sender, orderId, customerId, lines, expectedTotal, fingerprint);
        } catch (RefusedException refused) {
            if (refused.problem() != Problem.PRODUCT_DELISTED && refused.problem() != Problem.TOO_MANY_OPEN_ORDERS) {
                throw refused;
            }
            return recall(orderId, customerId, fingerprint).orElseThrow(() -> refused);
        }
    }

    /** Derived ids belong to keys and checkouts; a caller who could choose one could take another order's id. */
    private static OrderId minted(String id) {
        OrderId orderId = new OrderId(id);
        if (orderId.isDerived()) {
            throw new IllegalArgumentException("must be a UUID of another version than 8");
        }
        return orderId;
    }

    private long place(
            Sender sender,
            OrderId orderId,
            CustomerId customerId,
            List<CartLine> lines,
            Money expectedTotal,
            String fingerprint) {
        delay.requireShort();
        List<OrderPlacement.Quoted> quoted = placement.quote(lines);
        quoted.stream().filter(line -> !line.listed()).findFirst().ifPresent(line -> {
            throw new RefusedException(
                    Problem.PRODUCT_DELISTED, "Product " + line.line().productId() + " is no longer for sale");
        });
        return placement.place(
                orderId,
                customerId,
                quoted,
                expectedTotal,
                OrderOrigin.DIRECT,
                fingerprint,
                order -> sender.sendRepeatable(orderId, order));
    }

    /** A repeat is answered like the first request, even if the products have changed. */
    private OptionalLong recall(OrderId orderId, CustomerId customerId, String fingerprint) {
        try {
            return OptionalLong.of(commands.<Long>send(new RecallOrder(orderId, customerId, fingerprint)));
        } catch (RefusedException refused) {
            if (refused.problem() == Problem.NOT_FOUND) {
                return OptionalLong.empty();
            }
            throw refused;
        }
    }

    /** One line per product: quantities of the same product are summed before any check. */
    private static List<CartLine> lines(PlaceOrderRequest request, Violations violations) {
        if (request.getLinesCount() == 0 || request.getLinesCount() > CartCommand.MOST_LINES) {
            violations.add("lines", "must have 1 to %d lines".formatted(CartCommand.MOST_LINES));
            return List.of();
        }
        Map<ProductId, Long> summed = new LinkedHashMap<>();
        Map<ProductId, String> firstSeen = new LinkedHashMap<>();
        for (int i = 0; i < request.getLinesCount(); i++) {
            PlaceOrderLine line = request.getLines(i);
            String at = "lines[" + i + "]";
            ProductId productId = violations.at(at + ".productId", () -> new ProductId(line.getProductId()));
            Quantity quantity = violations.at(at + ".quantity", () -> new Quantity(line.getQuantity()));
            if (productId != null && quantity != null) {
                firstSeen.putIfAbsent(productId, at);
                summed.merge(productId, quantity.value(), Long::sum);
            }
        }
        return summed.entrySet().stream()
                .map(line -> new CartLine(
                        line.getKey(),
                        violations.at(firstSeen.get(line.getKey()) + ".quantity", () -> new Quantity(line.getValue()))))
                .toList();
    }

    @Override
    public void cancelOrder(CancelOrderRequest request, StreamObserver<Written> answer) {
        Actor actor = Callers.actor();
        OrderId orderId = Requests.idOf(request.getOrderId(), OrderId::new, Problem.ORDER_NOT_FOUND);
        Precondition precondition = Requests.precondition(request.hasPrecondition(), request.getPrecondition());
        CancelOrder command = new CancelOrder(orderId, actor, precondition);
        Effect<Long> cancelled =
                effects.once(Long.class, sender -> new Effect<>(orderId.value(), cancel(sender, command)));
        Requests.answer(answer, orderId, cancelled.result());
    }

    private long cancel(Sender sender, CancelOrder command) {
        try {
            return sender.send(command.orderId(), command);
        } catch (RefusedException refused) {
            if (refused.problem() == Problem.NOT_FOUND && command.orderId().isDerived()) {
                return cancelCheckedOut(sender, command);
            }
            throw withoutTelling(refused);
        }
    }

    /** A checkout is answered with the id of an order that is placed a moment later. */
    private long cancelCheckedOut(Sender sender, CancelOrder command) {
        if (isBeingPlaced(command.orderId(), command.by())) {
            throw new RefusedException(Problem.CONFLICT, "This order is being placed. Try again in a moment");
        }
        try {
            // It may have been placed since the check.
            return sender.send(command.orderId(), command);
        } catch (RefusedException refused) {
            throw withoutTelling(refused);
        }
    }

    private boolean isBeingPlaced(OrderId orderId, Actor actor) {
        try {
            return commands.send(new RecallCheckout(actor.id(), orderId));
        } catch (RefusedException refused) {
            if (refused.problem() == Problem.NOT_FOUND) {
                return false;
            }
            throw refused;
        }
    }

    /** Hides from a caller who may not see the order that it exists. */
    private static RefusedException withoutTelling(RefusedException refused) {
        return switch (refused.problem()) {
            case FORBIDDEN, NOT_FOUND -> new RefusedException(Problem.ORDER_NOT_FOUND, Problem.ORDER_NOT_FOUND.title());
            default -> refused;
        };
    }

    @Override
    public void shipOrder(ShipOrderRequest request, StreamObserver<Written> answer) {
        Precondition precondition = Requests.precondition(request.hasPrecondition(), request.getPrecondition());
        send(request.getOrderId(), answer, orderId -> new ShipOrder(orderId, precondition));
    }

    @Override
    public void deliverOrder(DeliverOrderRequest request, StreamObserver<Written> answer) {
        Precondition precondition = Requests.precondition(request.hasPrecondition(), request.getPrecondition());
        send(request.getOrderId(), answer, orderId -> new DeliverOrder(orderId, precondition));
    }

    private void send(String id, StreamObserver<Written> answer, Function<OrderId, OrderCommand> command) {
        OrderId orderId = Requests.idOf(id, OrderId::new, Problem.ORDER_NOT_FOUND);
        Effect<Long> changed = Requests.orNotFound(
                Problem.ORDER_NOT_FOUND,
                () -> effects.once(
                        Long.class,
                        sender -> new Effect<>(orderId.value(), sender.send(orderId, command.apply(orderId)))));
        Requests.answer(answer, orderId, changed.result());
    }
}
