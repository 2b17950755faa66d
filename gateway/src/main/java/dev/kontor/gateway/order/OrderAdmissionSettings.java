package dev.kontor.gateway.order;

import dev.kontor.grpc.platform.StartException;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When orders are refused because there are too many.
 *
 * @param time how long an order may take on average, from its request to its outcome
 * @param least orders at a time that are always accepted, of which one network has half
 * @param most orders at a time that are never exceeded
 */
@ConfigurationProperties("kontor.admission.orders")
record OrderAdmissionSettings(
        @DefaultValue("500ms") Duration time,
        @DefaultValue("128") int least,
        @DefaultValue("8192") int most) {

    OrderAdmissionSettings {
        if (time.toMillis() < 1 || time.toDays() > 1) {
            throw new StartException("kontor.admission.orders.time is %s; it must be from 1ms to 1d.".formatted(time));
        }
        if (least < 1 || most < least) {
            throw new StartException(
                    "kontor.admission.orders.least is %d and .most is %d; it must be 1 <= least <= most."
                            .formatted(least, most));
        }
    }
}
