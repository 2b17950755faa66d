package dev.kontor.api.catalog;

/** Identifies the one shop in the log, where aggregates of all types share one name space. */
public record ShopId() {

    @Override
    public String toString() {
        return "shop";
    }
}
