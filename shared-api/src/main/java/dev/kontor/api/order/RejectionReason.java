package dev.kontor.api.order;

import java.util.Arrays;
import java.util.Optional;

/** Why an order, or a line of it, is rejected. Events store the code. */
public enum RejectionReason {
    INSUFFICIENT_STOCK("insufficient-stock"),
    PRODUCT_DELISTED("product-delisted"),
    PRICE_CHANGED("price-changed"),
    ORDER_EXPIRED("order-expired"),
    UNKNOWN_PRODUCT("unknown-product"),
    CURRENCY_MISMATCH("currency-mismatch");

    private final String code;

    RejectionReason(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }

    /** Empty for the code of a later version. */
    public static Optional<RejectionReason> ofCode(String code) {
        return Arrays.stream(values())
                .filter(reason -> reason.code.equals(code))
                .findFirst();
    }
}
