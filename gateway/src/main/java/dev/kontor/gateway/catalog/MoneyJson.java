package dev.kontor.gateway.catalog;

import dev.kontor.gateway.platform.RequiredValues;
import dev.kontor.proto.Money;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * An amount of money.
 *
 * @param amount in minor units, such as cents; null only in requests that will be refused
 * @param currency ISO 4217
 */
@Schema(
        name = "Money",
        requiredProperties = {"amount", "currency"})
public record MoneyJson(
        @Schema(example = "30000") Long amount,
        @Schema(example = "EUR") String currency) {

    public static MoneyJson of(Money money) {
        return new MoneyJson(money.getAmount(), money.getCurrency());
    }

    /** Adds the absent members to {@code needed}. */
    public void check(String field, RequiredValues needed) {
        needed.value(field + ".amount", amount).value(field + ".currency", currency);
    }

    /** Only after {@link #check}. */
    public Money toProto() {
        return Money.newBuilder().setAmount(amount).setCurrency(currency).build();
    }
}
