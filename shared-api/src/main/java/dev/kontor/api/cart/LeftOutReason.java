package dev.kontor.api.cart;

/** Why a line of a guest's cart, or a part of it, is not added. Events store the code. */
public enum LeftOutReason {
    PRODUCT_NOT_FOUND("product-not-found"),
    PRODUCT_DELISTED("product-delisted"),
    CURRENCY_MISMATCH("currency-mismatch"),
    /** The cart has as many lines as it may have. */
    CART_FULL("cart-full"),
    /** The line has as many units as it may have. */
    QUANTITY_LIMIT("quantity-limit");

    private final String code;

    LeftOutReason(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }
}
