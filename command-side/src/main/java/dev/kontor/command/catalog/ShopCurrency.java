package dev.kontor.command.catalog;

import dev.kontor.api.catalog.CurrencyCode;
import dev.kontor.api.catalog.Money;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * The shop's currency, as the log has it. It is known before the first call, but event handlers may have to wait for
 * it.
 */
@Component
public final class ShopCurrency {

    private static final long LONGEST_WAIT_SECONDS = 5;

    private final CompletableFuture<CurrencyCode> fixed = new CompletableFuture<>();

    void is(CurrencyCode currency) {
        fixed.complete(currency);
    }

    /** @throws IllegalStateException if it is still unknown after some seconds */
    CurrencyCode code() {
        try {
            return fixed.copy()
                    .orTimeout(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            throw new IllegalStateException("The shop's currency is not known yet", e);
        }
    }

    /** @throws RefusedException with {@link Problem#CURRENCY_MISMATCH} if the amount is in another currency */
    public void requireOurs(Money money) {
        CurrencyCode ours = code();
        if (!money.currency().equals(ours.value())) {
            throw new RefusedException(
                    Problem.CURRENCY_MISMATCH, "The shop trades in " + ours + ", not in " + money.currency());
        }
    }
}
