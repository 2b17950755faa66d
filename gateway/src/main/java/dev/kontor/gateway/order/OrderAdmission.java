package dev.kontor.gateway.order;

import dev.kontor.gateway.platform.AdaptiveLimit;
import dev.kontor.grpc.identity.ClientNetwork;
import dev.kontor.grpc.platform.RefusedException;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.Supplier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Accepts as many new orders at a time as are decided within a given time, and refuses the others at once, so that
 * those which are accepted do not wait behind them. Reads, carts and what admins do are not affected.
 */
@Component
@EnableConfigurationProperties(OrderAdmissionSettings.class)
public class OrderAdmission implements MeterBinder {

    private static final int FIRST = 512;

    private final AdaptiveLimit orders;

    OrderAdmission(OrderAdmissionSettings settings) {
        orders = new AdaptiveLimit(settings.least(), FIRST, settings.most(), settings.time());
    }

    boolean isFull() {
        return orders.isFull(network());
    }

    RefusedException refusal() {
        return orders.refusal();
    }

    /**
     * Places an order and waits for its outcome.
     *
     * @param placement is called once the body has been read, so that a slow client takes the place of no other
     * @throws RefusedException if there are too many; nothing was written then
     */
    public <T> T admit(Supplier<T> placement) {
        return orders.call(network(), placement);
    }

    private static String network() {
        return ClientNetwork.current().orElse("");
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("kontor.admission.orders.limit", orders, AdaptiveLimit::limit)
                .description("orders that the gateway accepts at a time")
                .register(registry);
        Gauge.builder("kontor.admission.orders.current", orders, AdaptiveLimit::inFlight)
                .description("orders that it works on")
                .register(registry);
        FunctionCounter.builder("kontor.admission.orders.refusals", orders, AdaptiveLimit::refusals)
                .description("orders refused because there are too many")
                .register(registry);
    }
}
