package dev.kontor.command.platform;

import dev.kontor.api.catalog.CurrencyCode;
import dev.kontor.api.catalog.Money;
import dev.kontor.api.catalog.Quantity;
import dev.kontor.api.catalog.StockLevel;
import dev.kontor.api.customer.Sealed;
import dev.kontor.api.identity.EmailKey;
import dev.kontor.api.identity.SessionId;
import dev.kontor.api.identity.TokenHash;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.api.request.KeyedRequestId;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.axonframework.common.ReflectionUtils;

/** A valid sample of any message. */
final class MessageSamples {

    private static final Map<Class<?>, Object> VALUES = Map.ofEntries(
            Map.entry(String.class, "text"),
            Map.entry(long.class, 4_294_967_296L),
            Map.entry(Long.class, 4_294_967_296L),
            Map.entry(int.class, 7),
            Map.entry(boolean.class, true),
            Map.entry(Boolean.class, true),
            Map.entry(Instant.class, Instant.parse("2026-03-01T12:01:00.123456Z")),
            Map.entry(CustomerId.class, new CustomerId("0197a3c2-0000-7000-8000-000000000001")),
            Map.entry(ProductId.class, new ProductId("0197a3c2-0000-7000-8000-0000000000a1")),
            Map.entry(OrderId.class, new OrderId("0197a3c2-0000-8000-8000-0000000000f1")),
            Map.entry(SessionId.class, new SessionId("0197a3c2-0000-7000-8000-0000000000e1")),
            Map.entry(EmailKey.class, new EmailKey("2jmj7l5rSw0yVb_vlWAYkK_YBwk")),
            Map.entry(KeyedRequestId.class, new KeyedRequestId("0197a3c2-0000-8000-8000-0000000000d1")),
            Map.entry(TokenHash.class, new TokenHash("Zm9yIHRlc3RzIG9ubHk")),
            Map.entry(Sealed.class, new Sealed("ZW1haWw=")),
            Map.entry(CurrencyCode.class, new CurrencyCode("EUR")),
            Map.entry(Money.class, new Money(3_000_000_000L, "EUR")),
            Map.entry(Quantity.class, new Quantity(3)),
            Map.entry(StockLevel.class, new StockLevel(5_000_000_000L, 3)));

    private MessageSamples() {}

    static Object of(Class<?> type) {
        return of((Type) type);
    }

    private static Object of(Type type) {
        return switch (type) {
            case ParameterizedType list
            when list.getRawType() == List.class -> List.of(of(list.getActualTypeArguments()[0]));
            case Class<?> known when VALUES.containsKey(known) -> VALUES.get(known);
            case Class<?> constants when constants.isEnum() -> constants.getEnumConstants()[0];
            case Class<?> message when message.isRecord() -> make(message);
            default -> throw new IllegalStateException("There is no sample of " + type);
        };
    }

    private static Object make(Class<?> message) {
        RecordComponent[] components = message.getRecordComponents();
        try {
            Constructor<?> constructor = ReflectionUtils.ensureAccessible(message.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new)));
            return constructor.newInstance(Arrays.stream(components)
                    .map(component -> of(component.getGenericType()))
                    .toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("There is no sample of " + message, e);
        }
    }
}
