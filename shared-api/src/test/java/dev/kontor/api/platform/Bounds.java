package dev.kontor.api.platform;

import dev.kontor.api.Uuids;
import dev.kontor.api.cart.CartCommand;
import dev.kontor.api.cart.CartLine;
import dev.kontor.api.cart.LeftOutLine;
import dev.kontor.api.catalog.CurrencyCode;
import dev.kontor.api.catalog.Description;
import dev.kontor.api.catalog.Money;
import dev.kontor.api.catalog.Price;
import dev.kontor.api.catalog.Quantity;
import dev.kontor.api.catalog.StockLevel;
import dev.kontor.api.customer.Sealed;
import dev.kontor.api.identity.EmailKey;
import dev.kontor.api.identity.SessionId;
import dev.kontor.api.identity.TokenHash;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.api.operations.OperatorCommand.RecordAct;
import dev.kontor.api.order.OrderLine;
import dev.kontor.api.order.Rejection;
import dev.kontor.api.order.StockMovement;
import dev.kontor.api.request.KeyedRequestId;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Values of stored types, at their bounds. The values of one instance are about one customer, product, order and
 * session. A type without bounds fails the tests: add its bounds here.
 */
final class Bounds {

    /** A variant with ordinary values. */
    static final int ORDINARY = -1;

    /** Two UTF-16 code units and four bytes of UTF-8. */
    private static final String WIDE = "\uD83D\uDE00";

    private static final int MOST_LINES = CartCommand.MOST_LINES;
    private static final Money DEAREST = new Money(Price.HIGHEST, "EUR");
    private static final Money HIGHEST_TOTAL = new Money(Price.HIGHEST * Quantity.HIGHEST * MOST_LINES, "EUR");
    private static final List<Object> MOMENTS = List.of(Instant.EPOCH, Instant.parse("9999-12-31T23:59:59.999999999Z"));
    private static final Description LONGEST = new Description(WIDE.repeat(100), WIDE.repeat(2_500), WIDE.repeat(30));

    /** Codes of refusals and rejections, and one that no version knows. */
    private static final List<Object> CODES = List.of(
            "insufficient-stock",
            "product-delisted",
            "price-changed",
            "order-expired",
            "unknown-product",
            "currency-mismatch",
            "a-code-of-a-later-version");

    private static final Map<String, List<Object>> TEXTS = Map.ofEntries(
            Map.entry("title", List.of(LONGEST.title(), "x")),
            Map.entry("code", CODES),
            Map.entry("fingerprint", List.of("00000000-0000-8000-8000-000000000000")),
            Map.entry("mergeId", List.of("00000000-0000-8000-8000-000000000000")),
            Map.entry("kid", List.of("yMp5rQ0ZQeB2oK9k8Vw1")),
            Map.entry("publicKey", List.of("MIIBIjAN".repeat(100))),
            Map.entry("actor", List.of("operator", "00000000-0000-7000-8000-000000000000")),
            Map.entry("act", List.of("unmask")),
            Map.entry("outcome", List.of("done", "unknown", "refused:dead-letter-not-found")),
            Map.entry("reason", List.of("", "x", "x".repeat(RecordAct.LONGEST_REASON))),
            Map.entry("operation", List.of("OrderCommands/PlaceOrder")),
            Map.entry("subject", List.of("", "00000000-0000-8000-8000-000000000000")),
            Map.entry("result", List.of("", "{}".repeat(5_000))));

    private static final Map<String, List<Object>> NUMBERS = Map.of(
            "version", List.of(1L, Long.MAX_VALUE),
            "verifierVersion", List.of(1L, Long.MAX_VALUE),
            "productVersion", List.of(0L, Long.MAX_VALUE),
            "units", List.of(0L, 1L, StockLevel.HIGHEST),
            "available", List.of(0L, StockLevel.HIGHEST),
            "sequence", List.of(0L, Long.MAX_VALUE),
            "failures", List.of(1, Integer.MAX_VALUE),
            "status", List.of(200, 409));

    private final CustomerId customer = CustomerId.mint();
    private final CustomerId seller = CustomerId.mint();
    private final List<ProductId> products =
            Stream.generate(ProductId::mint).limit(MOST_LINES).toList();
    private final OrderId order = OrderId.mint();
    private final SessionId session = SessionId.mint();
    private final KeyedRequestId request = new KeyedRequestId(Uuids.mint());
    private final EmailKey email = new EmailKey(customer.value());

    /** The number of variants in which each value is at each of its bounds at least once. */
    int variantsOf(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .mapToInt(component -> valuesOf(component).size())
                .max()
                .orElse(1);
    }

    /** The variant of this number, with every value at one of its bounds. */
    Object of(Class<?> type, int variant) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = Arrays.stream(components)
                .map(component -> {
                    List<Object> bounds = valuesOf(component);
                    return bounds.get(variant == ORDINARY ? 0 : variant % bounds.size());
                })
                .toArray();
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("No %s can be made of %s".formatted(type, Arrays.toString(values)), e);
        }
    }

    private List<Object> valuesOf(RecordComponent component) {
        String name = component.getName();
        Type type = component.getGenericType();
        List<Object> values = switch (type) {
            case ParameterizedType list when list.getRawType() == List.class -> lists(name, list);
            case Class<?> text when text == String.class -> TEXTS.get(name);
            case Class<?> number when number == long.class || number == int.class -> NUMBERS.get(name);
            case Class<?> money when money == Money.class -> amounts(name);
            case Class<?> choice when choice.isEnum() -> List.of(choice.getEnumConstants());
            case Class<?> other -> others(name, other);
            default -> null;
        };
        if (values == null) {
            throw new IllegalStateException(
                    "Bounds has no bounds of %s in %s".formatted(name, component.getDeclaringRecord()));
        }
        return values;
    }

    private static List<Object> amounts(String name) {
        return switch (name) {
            case "expectedTotal" -> Arrays.asList(null, Money.zero("EUR"), new Money(Long.MAX_VALUE, "XXX"));
            case "total" -> List.of(Money.zero("EUR"), HIGHEST_TOTAL);
            // Logs from before the shop's currency was fixed have prices in others.
            case "price", "unitPrice" -> List.of(Money.zero("EUR"), DEAREST, new Money(Price.HIGHEST, "USD"));
            default -> null;
        };
    }

    private List<Object> others(String name, Class<?> type) {
        Map<Class<?>, List<Object>> known = Map.ofEntries(
                Map.entry(CustomerId.class, List.of(name.equals("sellerId") ? seller : customer)),
                Map.entry(ProductId.class, List.of(products.getFirst())),
                Map.entry(OrderId.class, List.of(order)),
                Map.entry(SessionId.class, List.of(session)),
                Map.entry(EmailKey.class, List.of(email)),
                Map.entry(KeyedRequestId.class, List.of(request)),
                Map.entry(TokenHash.class, List.of(new TokenHash("x".repeat(43)))),
                Map.entry(Sealed.class, List.of(new Sealed("AA=="), new Sealed("A".repeat(4_000)))),
                Map.entry(Quantity.class, List.of(new Quantity(1), new Quantity(Quantity.HIGHEST))),
                Map.entry(
                        StockLevel.class,
                        List.of(
                                new StockLevel(0, 0),
                                new StockLevel(StockLevel.HIGHEST, 0),
                                new StockLevel(0, StockLevel.HIGHEST))),
                Map.entry(CurrencyCode.class, List.of(new CurrencyCode("EUR"), new CurrencyCode("XXX"))),
                Map.entry(Description.class, List.of(new Description("x", "", "y"), LONGEST)),
                Map.entry(
                        Rejection.class,
                        Stream.concat(
                                        CODES.stream().map(code -> new Rejection((String) code, List.of())),
                                        Stream.of(Rejection.ofLines(lines(MOST_LINES, this::refused))))
                                .<Object>map(rejection -> rejection)
                                .toList()),
                Map.entry(Instant.class, MOMENTS));
        return known.get(type);
    }

    private List<Object> lists(String name, ParameterizedType list) {
        Class<?> member = (Class<?>) list.getActualTypeArguments()[0];
        List<Object> lists = new ArrayList<>();
        if (member == OrderLine.class) {
            lists.add(lines(1, i -> line(i, 1, Money.zero("EUR"))));
            lists.add(lines(MOST_LINES, i -> line(i, Quantity.HIGHEST, DEAREST)));
            lists.add(lines(2, i -> line(i, Quantity.HIGHEST, new Money(Price.HIGHEST, i == 0 ? "EUR" : "USD"))));
            return lists;
        }
        if (member == CustomerId.class) {
            lists.add(List.of(customer));
            lists.add(List.of(customer, seller));
            return lists;
        }
        // A cart can end up empty, a merge leaves nothing out, and an order of unknown products returns no stock.
        if (name.equals("remaining") || name.equals("leftOut") || member == StockMovement.class) {
            lists.add(List.of());
        }
        lists.add(lines(1, i -> memberOf(member, i)));
        lists.add(lines(MOST_LINES, i -> memberOf(member, i)));
        return lists;
    }

    private Object memberOf(Class<?> type, int i) {
        if (type == ProductId.class) {
            return products.get(i);
        }
        if (type == StockMovement.class) {
            return new StockMovement(products.get(i), Long.MAX_VALUE);
        }
        if (type == CartLine.class) {
            return new CartLine(products.get(i), new Quantity(Quantity.HIGHEST));
        }
        if (type == LeftOutLine.class) {
            return new LeftOutLine(
                    products.get(i), MOST_LINES * Quantity.HIGHEST, (String) CODES.get(i % CODES.size()));
        }
        throw new IllegalStateException("Bounds has no bounds of a list of %s".formatted(type));
    }

    private OrderLine line(int i, long quantity, Money unitPrice) {
        return new OrderLine(products.get(i), new Quantity(quantity), seller, LONGEST.title(), unitPrice);
    }

    private Rejection.Line refused(int i) {
        return new Rejection.Line(
                products.get(i), (String) CODES.get(i % CODES.size()), i % 2 == 0 ? 0 : StockLevel.HIGHEST);
    }

    private static <T> List<T> lines(int count, IntFunction<T> line) {
        return IntStream.range(0, count).mapToObj(line).toList();
    }
}
