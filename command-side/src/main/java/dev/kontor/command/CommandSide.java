package dev.kontor.command;

import dev.kontor.command.cart.Cart;
import dev.kontor.command.catalog.Product;
import dev.kontor.command.customer.Customer;
import dev.kontor.command.identity.Credentials;
import dev.kontor.command.identity.Session;
import dev.kontor.command.operations.Operators;
import dev.kontor.command.order.PlaceOrderSaga;
import java.util.Map;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * The whole command side: handles gRPC calls as commands, and appends events to the log.
 *
 * <p>The application that imports it provides the stores: Axon's {@code EventStore}, {@code TokenStore} and
 * {@code SagaStore}, the serializers, {@code UndecidedOrders}, {@code KeyRing}, {@code MasterKeys} and a {@code Clock}.
 */
@Configuration(proxyBeanMethods = false)
@ComponentScan(nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
@EnableScheduling
public class CommandSide {

    /**
     * The stored types beside events: the saga, and snapshots of aggregates. Their names are as final as an event's.
     */
    public static final Map<String, Class<?>> STORED = Map.of(
            "order.PlaceOrderSaga", PlaceOrderSaga.class,
            "catalog.Product", Product.class,
            "cart.Cart", Cart.class,
            "identity.Credentials", Credentials.class,
            "identity.Session", Session.class,
            "customer.Customer", Customer.class,
            "operations.Operators", Operators.class);
}
