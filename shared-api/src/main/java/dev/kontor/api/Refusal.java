package dev.kontor.api;

import java.util.Map;

/**
 * Why a command was refused: all reasons. It travels as the details of Axon's {@code CommandExecutionException},
 * because type and cause of an exception are lost between processes.
 */
public sealed interface Refusal {

    record Invalid(String field, String reason) implements Refusal {}

    /** The aggregate that a command names does not exist. */
    record Unknown() implements Refusal {}

    record NotYours() implements Refusal {}

    record EmailTaken() implements Refusal {}

    record CustomerInactive() implements Refusal {}

    /** Without this admin the shop would have none, and so no account that can appoint another. */
    record LastAdmin() implements Refusal {}

    /** The state on which the command was decided has changed since. */
    record Outdated() implements Refusal {}

    /**
     * Another process wrote to the same aggregate first: nothing was written here, and the command can be sent again.
     */
    record ConcurrentWrite() implements Refusal {}

    /** A store, Axon Server or another process is away. Whether anything was written is not known. */
    record Unreachable() implements Refusal {}

    record InsufficientStock(long requested, long available) implements Refusal {}

    record ProductIsDelisted() implements Refusal {}

    record CurrencyMismatch(String expected, String given) implements Refusal {}

    record CartEmpty() implements Refusal {}

    record CartFull(int bound) implements Refusal {}

    /**
     * The open orders of the customer hold too many units for another order of this size.
     *
     * @param units of the order
     * @param left how many more units the customer may order; 0 if the number of open orders is at its bound
     */
    record TooManyOpenOrders(long units, long left) implements Refusal {}

    record WrongOrderStatus(String status) implements Refusal {}

    record KeyReused() implements Refusal {}

    /** A request with this key had its effect before. Its answer is kept, or can be made from what is there. */
    record RequestRepeated() implements Refusal {}

    /**
     * The part that the command changes has none of the versions of its {@link Precondition}.
     *
     * @param version the aggregate's
     */
    record PreconditionFailed(long version) implements Refusal {}

    /** For a person. */
    default String message() {
        return switch (this) {
            case Invalid invalid -> invalid.field + " " + invalid.reason;
            case Unknown _ -> "There is no such thing";
            case NotYours _ -> "This belongs to another customer";
            case EmailTaken _ -> "The e-mail belongs to another account";
            case CustomerInactive _ -> "The account is deactivated or erased";
            case LastAdmin _ -> "This is the last admin: appoint another one first";
            case Outdated _, ConcurrentWrite _ -> "Another request changed this at the same time";
            case Unreachable _ -> "A part of the system is not reachable";
            case InsufficientStock stock -> "%,d asked, %,d available".formatted(stock.requested, stock.available);
            case ProductIsDelisted _ -> "The product is no longer for sale";
            case CurrencyMismatch currency ->
                "The shop trades in %s, not in %s".formatted(currency.expected, currency.given);
            case CartEmpty _ -> "There is nothing in the cart";
            case CartFull full -> "A cart holds at most %d lines".formatted(full.bound);
            case TooManyOpenOrders open ->
                "%,d units asked, %,d more may be ordered until open orders are shipped or cancelled"
                        .formatted(open.units, open.left);
            case WrongOrderStatus order -> "The order is " + order.status;
            case KeyReused _ -> "This key stands for another request already";
            case RequestRepeated _ -> "The first request with this key has no answer yet";
            case PreconditionFailed _ -> "This has changed since it was read";
        };
    }

    /** Facts for programs, in camelCase. */
    default Map<String, String> attributes() {
        return switch (this) {
            case InsufficientStock stock -> Map.of("available", Long.toString(stock.available));
            case WrongOrderStatus order -> Map.of("orderStatus", order.status);
            case PreconditionFailed failed -> Map.of("version", Long.toString(failed.version));
            default -> Map.of();
        };
    }
}
