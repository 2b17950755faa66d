package dev.kontor.command.catalog;

import dev.kontor.api.catalog.CurrencyCode;
import dev.kontor.side.platform.StartupDependencies;
import org.axonframework.spring.config.SpringAxonConfiguration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Has the shop's currency fixed in the log once commands are answered, and before calls are, which comes later in a start. */
@Component
class ShopCurrencyAtStart implements SmartLifecycle {

    private final CurrencyInLog log;
    private final ShopCurrency currency;
    private final SpringAxonConfiguration axon;
    private final StartupDependencies needs;
    private final CurrencyCode wanted;
    private volatile boolean running;

    ShopCurrencyAtStart(
            CurrencyInLog log,
            ShopCurrency currency,
            SpringAxonConfiguration axon,
            StartupDependencies needs,
            @Value("${kontor.currency:EUR}") String setting) {
        this.log = log;
        this.currency = currency;
        this.axon = axon;
        this.needs = needs;
        this.wanted = wanted(setting);
    }

    private static CurrencyCode wanted(String setting) {
        try {
            return new CurrencyCode(setting);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(
                    "kontor.currency must be a currency by ISO 4217, such as EUR, and is '%s'".formatted(setting), e);
        }
    }

    @Override
    public int getPhase() {
        return axon.getPhase() + 1;
    }

    @Override
    public void start() {
        // In a process of its own, commands can be sent a moment before anybody is known to handle them.
        needs.await("commands to be handled", () -> {
            currency.is(log.require(wanted));
            return true;
        });
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
