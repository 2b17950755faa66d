package dev.kontor.side.platform;

import dev.kontor.api.Refusal;
import dev.kontor.grpc.platform.Problem;

/** Maps each refusal to its problem. The switch is exhaustive: a new refusal needs a case, or this does not compile. */
public final class RefusalProblems {

    private RefusalProblems() {}

    public static Problem of(Refusal refusal) {
        return switch (refusal) {
            case Refusal.Invalid _ -> Problem.INVALID_REQUEST;
            case Refusal.Unknown _ -> Problem.NOT_FOUND;
            case Refusal.NotYours _ -> Problem.FORBIDDEN;
            case Refusal.EmailTaken _ -> Problem.EMAIL_TAKEN;
            case Refusal.CustomerInactive _ -> Problem.CUSTOMER_INACTIVE;
            case Refusal.LastAdmin _ -> Problem.LAST_ADMIN;
            case Refusal.Outdated _, Refusal.ConcurrentWrite _ -> Problem.CONFLICT;
            case Refusal.Unreachable _ -> Problem.UNAVAILABLE;
            case Refusal.InsufficientStock _ -> Problem.INSUFFICIENT_STOCK;
            case Refusal.ProductIsDelisted _ -> Problem.PRODUCT_DELISTED;
            case Refusal.CurrencyMismatch _ -> Problem.CURRENCY_MISMATCH;
            case Refusal.CartEmpty _ -> Problem.CART_EMPTY;
            case Refusal.CartFull _ -> Problem.CART_FULL;
            case Refusal.TooManyOpenOrders _ -> Problem.TOO_MANY_OPEN_ORDERS;
            case Refusal.WrongOrderStatus _ -> Problem.ORDER_STATUS;
            case Refusal.KeyReused _ -> Problem.KEY_REUSED;
            case Refusal.RequestRepeated _ -> Problem.REQUEST_RUNNING;
            case Refusal.PreconditionFailed _ -> Problem.PRECONDITION_FAILED;
        };
    }
}
