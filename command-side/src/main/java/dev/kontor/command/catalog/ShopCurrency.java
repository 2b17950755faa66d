package dev.kontor.command.catalog;

import dev.kontor.api.catalog.CurrencyCode;
import dev.kontor.api.catalog.Money;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** The one currency of the shop, as it is fixed in the log. Calls are answered once it is known; events may come before. */
@Component
public final class ShopCurrency {

    private static final long LONGEST_WAIT_SECONDS = 5;

    private final CompletableFuture<CurrencyCode> fixed = new CompletableFuture<>();

    void is(CurrencyCode currency) {
        fixed.complete(currency);
    }

    /** @throws IllegalStateException where it is not known yet, after some seconds */
    CurrencyCode code() {
        try {
            return fixed.copy()
                    .orTimeout(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            throw new IllegalStateException("The shop's currency is not known yet", e);
        }
    }

    /** @throws RefusedException with {@link Problem#CURRENCY_MISMATCH} where it is in another currency */
    public void requireOurs(Money money) {
        CurrencyCode ours = code();
        if (!money.currency().equals(ours.value())) {
            throw new RefusedException(
                    Problem.CURRENCY_MISMATCH, "The shop trades in " + ours + ", not in " + money.currency());
        }
    }
}
