package dev.kontor.api.storage;

import dev.kontor.api.cart.CartEvent;
import dev.kontor.api.catalog.ProductEvent;
import dev.kontor.api.catalog.ShopEvent;
import dev.kontor.api.customer.CustomerEvent;
import dev.kontor.api.identity.AdminsEvent;
import dev.kontor.api.identity.CredentialsEvent;
import dev.kontor.api.identity.EmailEvent;
import dev.kontor.api.identity.SessionEvent;
import dev.kontor.api.identity.SigningKeyEvent;
import dev.kontor.api.operations.OperatorEvent;
import dev.kontor.api.order.OrderEvent;
import dev.kontor.api.request.KeyedRequestEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The names of stored types: {@code feature.Name}, never a class name, so that code can move while the log stays
 * readable. A name is never reused for another type.
 */
public final class StoredTypes {

    private static final Map<String, List<Class<?>>> FAMILIES = Map.of(
            "identity",
                    List.of(
                            EmailEvent.class,
                            CredentialsEvent.class,
                            SessionEvent.class,
                            AdminsEvent.class,
                            SigningKeyEvent.class),
            "customer", List.of(CustomerEvent.class),
            "catalog", List.of(ProductEvent.class, ShopEvent.class),
            "cart", List.of(CartEvent.class),
            "order", List.of(OrderEvent.class),
            "request", List.of(KeyedRequestEvent.class),
            "operations", List.of(OperatorEvent.class));

    private final Map<String, Class<?>> byName = new HashMap<>();
    private final Map<Class<?>, String> byClass = new HashMap<>();

    private StoredTypes() {}

    public static StoredTypes events() {
        return with(Map.of());
    }

    /** Every event, and the types that one side stores for itself (its sagas). */
    public static StoredTypes with(Map<String, Class<?>> further) {
        StoredTypes types = new StoredTypes();
        FAMILIES.forEach((feature, families) -> families.forEach(family -> {
            for (Class<?> event : family.getPermittedSubclasses()) {
                types.add(feature + "." + event.getSimpleName(), event);
            }
        }));
        further.forEach(types::add);
        return types;
    }

    private void add(String name, Class<?> type) {
        if (byName.put(name, type) != null || byClass.put(type, name) != null) {
            throw new IllegalStateException("A type with two names, or a name with two types: " + name);
        }
    }

    public Optional<String> nameOf(Class<?> type) {
        return Optional.ofNullable(byClass.get(type));
    }

    public Optional<Class<?>> typeOf(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** All types, by name. */
    public Map<String, Class<?>> all() {
        return Map.copyOf(byName);
    }
}
