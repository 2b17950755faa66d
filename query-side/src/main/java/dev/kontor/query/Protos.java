package dev.kontor.query;

import dev.kontor.api.catalog.Money;

/** Messages that all endpoints build alike. */
public final class Protos {

    private Protos() {}

    public static dev.kontor.proto.Money money(Money money) {
        return dev.kontor.proto.Money.newBuilder()
                .setAmount(money.amount())
                .setCurrency(money.currency())
                .build();
    }
}
