package dev.kontor.grpc.platform;

import io.grpc.Status;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The kinds of failed calls: a stable code, the gRPC status between processes, and the HTTP status for clients.
 *
 * <p>The code is part of the public API: problem documents have it as {@code urn:kontor:problem:<code>}.
 */
public enum Problem {
    INVALID_REQUEST("invalid-request", 400, Status.Code.INVALID_ARGUMENT, "The request is not valid"),
    MALFORMED_REQUEST("malformed-request", 400, Status.Code.INVALID_ARGUMENT, "The request cannot be read"),
    UNAUTHENTICATED("unauthenticated", 401, Status.Code.UNAUTHENTICATED, "A valid access token is needed"),
    BAD_CREDENTIALS("bad-credentials", 401, Status.Code.UNAUTHENTICATED, "E-mail or password is wrong"),
    BAD_REFRESH_TOKEN(
            "invalid-refresh-token", 401, Status.Code.UNAUTHENTICATED, "The refresh token is not valid: sign in again"),
    FORBIDDEN("forbidden", 403, Status.Code.PERMISSION_DENIED, "This is not yours to do"),
    NOT_FOUND("not-found", 404, Status.Code.NOT_FOUND, "There is nothing here"),
    CUSTOMER_NOT_FOUND("customer-not-found", 404, Status.Code.NOT_FOUND, "No such customer"),
    PRODUCT_NOT_FOUND("product-not-found", 404, Status.Code.NOT_FOUND, "No such product"),
    ORDER_NOT_FOUND("order-not-found", 404, Status.Code.NOT_FOUND, "No such order"),
    VIEW_NOT_FOUND("view-not-found", 404, Status.Code.NOT_FOUND, "No such view"),
    DEAD_LETTER_NOT_FOUND("dead-letter-not-found", 404, Status.Code.NOT_FOUND, "No such dead letter"),
    PROCESSOR_NOT_FOUND("processor-not-found", 404, Status.Code.NOT_FOUND, "No such event processor"),
    SESSION_NOT_FOUND("session-not-found", 404, Status.Code.NOT_FOUND, "No such session"),
    SIGNING_KEY_NOT_FOUND("signing-key-not-found", 404, Status.Code.NOT_FOUND, "No such signing key"),
    METHOD_NOT_ALLOWED("method-not-allowed", 405, Status.Code.UNIMPLEMENTED, "The method is not allowed here"),
    NOT_ACCEPTABLE("not-acceptable", 406, Status.Code.INVALID_ARGUMENT, "No such representation"),
    REQUEST_TIMEOUT("request-timeout", 408, Status.Code.DEADLINE_EXCEEDED, "The request did not arrive in time"),
    EMAIL_TAKEN("email-taken", 409, Status.Code.ALREADY_EXISTS, "The e-mail belongs to another account"),
    INSUFFICIENT_STOCK("insufficient-stock", 409, Status.Code.FAILED_PRECONDITION, "Not enough in stock"),
    PRODUCT_DELISTED("product-delisted", 409, Status.Code.FAILED_PRECONDITION, "The product is no longer for sale"),
    PRICE_CHANGED("price-changed", 409, Status.Code.FAILED_PRECONDITION, "The total is not the expected one"),
    ORDER_EXPIRED("order-expired", 409, Status.Code.FAILED_PRECONDITION, "The order was not decided in time"),
    ORDER_CANCELLED("order-cancelled", 409, Status.Code.FAILED_PRECONDITION, "The order was cancelled"),
    ORDER_STATUS("order-status", 409, Status.Code.FAILED_PRECONDITION, "The order's status does not allow it"),
    TOO_MANY_OPEN_ORDERS(
            "too-many-open-orders",
            409,
            Status.Code.FAILED_PRECONDITION,
            "So much is ordered and not shipped that no more can be ordered"),
    CART_EMPTY("cart-empty", 409, Status.Code.FAILED_PRECONDITION, "The cart is empty"),
    CART_FULL("cart-full", 409, Status.Code.FAILED_PRECONDITION, "The cart holds no more lines"),
    CUSTOMER_INACTIVE("customer-inactive", 409, Status.Code.FAILED_PRECONDITION, "The account is not active"),
    LAST_ADMIN("last-admin", 409, Status.Code.FAILED_PRECONDITION, "The last admin stays one"),
    REBUILD_RUNNING("rebuild-running", 409, Status.Code.FAILED_PRECONDITION, "The view is being rebuilt already"),
    REBUILD_STATE(
            "rebuild-state",
            409,
            Status.Code.FAILED_PRECONDITION,
            "The view's other generation does not allow this now"),
    UNKNOWN_EVENT(
            "unknown-event",
            409,
            Status.Code.FAILED_PRECONDITION,
            "A newer version wrote an event that this version does not know"),
    PROCESSOR_STATE(
            "processor-state", 409, Status.Code.FAILED_PRECONDITION, "The event processor does not allow this now"),
    CONFLICT("conflict", 409, Status.Code.ABORTED, "Another request changed this at the same time"),
    PRECONDITION_FAILED(
            "precondition-failed", 412, Status.Code.FAILED_PRECONDITION, "This has changed since it was read"),
    PAYLOAD_TOO_LARGE("payload-too-large", 413, Status.Code.OUT_OF_RANGE, "The request body is too large"),
    UNSUPPORTED_MEDIA_TYPE(
            "unsupported-media-type", 415, Status.Code.INVALID_ARGUMENT, "The content type is not supported"),
    UNKNOWN_PRODUCT(
            "unknown-product", 422, Status.Code.FAILED_PRECONDITION, "A line names a product that does not exist"),
    KEY_REUSED("idempotency-key-reused", 422, Status.Code.FAILED_PRECONDITION, "The key was used with another request"),
    CURRENCY_MISMATCH("currency-mismatch", 422, Status.Code.FAILED_PRECONDITION, "The shop trades in another currency"),
    TOO_MANY_REQUESTS("too-many-requests", 429, Status.Code.RESOURCE_EXHAUSTED, "Too many tries: wait a little"),
    INTERNAL("internal", 500, Status.Code.INTERNAL, "Something went wrong on our side"),
    REQUEST_RUNNING("request-running", 503, Status.Code.ABORTED, "The first request with this key has no answer yet"),
    OVERLOADED("overloaded", 503, Status.Code.RESOURCE_EXHAUSTED, "Too busy at the moment"),
    STORAGE_FULL("storage-full", 503, Status.Code.RESOURCE_EXHAUSTED, "The disk is full: nothing more can be written"),
    STORAGE_FAILED(
            "storage-failed", 503, Status.Code.UNAVAILABLE, "The log cannot be written or read: an operator is needed"),
    UNAVAILABLE("unavailable", 503, Status.Code.UNAVAILABLE, "A part of the system is not reachable"),
    DEADLINE_EXCEEDED("deadline-exceeded", 504, Status.Code.DEADLINE_EXCEEDED, "It took too long");

    private static final Map<String, Problem> BY_CODE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Problem::code, Function.identity()));

    private final String code;
    private final int httpStatus;
    private final Status.Code grpcCode;
    private final String title;

    Problem(String code, int httpStatus, Status.Code grpcCode, String title) {
        this.code = code;
        this.httpStatus = httpStatus;
        this.grpcCode = grpcCode;
        this.title = title;
    }

    public static Optional<Problem> ofCode(String code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }

    public String code() {
        return code;
    }

    public int httpStatus() {
        return httpStatus;
    }

    public Status.Code grpcCode() {
        return grpcCode;
    }

    /** A short sentence that is the same for every occurrence. */
    public String title() {
        return title;
    }

    public String urn() {
        return "urn:kontor:problem:" + code;
    }
}
