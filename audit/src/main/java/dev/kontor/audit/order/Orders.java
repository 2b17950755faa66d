package dev.kontor.audit.order;

import dev.kontor.audit.Ids;
import dev.kontor.audit.Numbered;
import java.util.function.ObjIntConsumer;

/** Every order of the log, shared by those who judge them. */
public final class Orders {

    private final Ids ids = new Ids();
    private final Ids products = new Ids();
    private final Numbered<OrderState> states = new Numbered<>(OrderState[]::new);

    /** Null where it was never placed. */
    OrderState find(String id) {
        return states.get(ids.find(id));
    }

    void put(String id, OrderState state) {
        states.put(ids.of(id), state);
    }

    int productOf(String id) {
        return products.of(id);
    }

    String product(int number) {
        return products.uuid(number);
    }

    /** How reports name an order. */
    String subject(int number) {
        return "Order " + ids.uuid(number);
    }

    int size() {
        return ids.size();
    }

    void forEach(ObjIntConsumer<OrderState> reader) {
        for (int number = 0; number < ids.size(); number++) {
            reader.accept(states.get(number), number);
        }
    }
}
